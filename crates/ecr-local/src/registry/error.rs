use std::fmt;

use http::StatusCode;
use serde_json::{Map, Value, json};

/// Declares [`ErrorKind`] with its wire names and statuses as one table.
macro_rules! error_kinds {
    ($($kind:ident $name:literal $status:ident $what:literal)*) => {
        /// What went wrong. One variant for each exception of the service model and each general AWS error.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ErrorKind {
            $(#[doc = $what] $kind,)*
        }

        impl ErrorKind {
            /// The exception's name, as in `__type`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)* }
            }

            /// The exception's HTTP status in awsJson1.1.
            #[must_use]
            pub const fn status(self) -> StatusCode {
                match self { $(Self::$kind => StatusCode::$status,)* }
            }
        }
    };
}

error_kinds! {
    AccessDenied "AccessDeniedException" BAD_REQUEST "The caller may not do this."
    EmptyUpload "EmptyUploadException" BAD_REQUEST "The upload holds no part."
    ExclusionAlreadyExists "ExclusionAlreadyExistsException" BAD_REQUEST "The principal is excluded already."
    ExclusionNotFound "ExclusionNotFoundException" BAD_REQUEST "The principal is not excluded."
    ExpiredToken "ExpiredTokenException" BAD_REQUEST "The caller's credentials have expired."
    ImageAlreadyExists "ImageAlreadyExistsException" BAD_REQUEST "This manifest has this tag already."
    ImageArchived "ImageArchivedException" BAD_REQUEST "The image is archived."
    ImageDigestDoesNotMatch "ImageDigestDoesNotMatchException" BAD_REQUEST "The manifest hashes to another digest."
    ImageNotFound "ImageNotFoundException" BAD_REQUEST "No such image."
    ImageStorageClassUpdateNotSupported "ImageStorageClassUpdateNotSupportedException" BAD_REQUEST "The image cannot change its storage class."
    ImageTagAlreadyExists "ImageTagAlreadyExistsException" BAD_REQUEST "The tag exists and may not move."
    IncompleteSignature "IncompleteSignatureException" BAD_REQUEST "The signature header lacks a part."
    InvalidLayer "InvalidLayerException" BAD_REQUEST "The layer hashes to another digest."
    InvalidLayerPart "InvalidLayerPartException" BAD_REQUEST "The part does not follow the last one."
    InvalidParameter "InvalidParameterException" BAD_REQUEST "A parameter breaks its rules."
    InvalidSignature "InvalidSignatureException" BAD_REQUEST "The signature is for another service or region."
    InvalidTagParameter "InvalidTagParameterException" BAD_REQUEST "A resource tag breaks its rules."
    LayerAlreadyExists "LayerAlreadyExistsException" BAD_REQUEST "The layer is there already."
    LayerInaccessible "LayerInaccessibleException" BAD_REQUEST "No image holds the layer."
    LayerPartTooSmall "LayerPartTooSmallException" BAD_REQUEST "A part other than the last is under 5 MiB."
    LayersNotFound "LayersNotFoundException" BAD_REQUEST "The repository lacks these layers."
    LifecyclePolicyNotFound "LifecyclePolicyNotFoundException" BAD_REQUEST "No lifecycle policy is set."
    LifecyclePolicyPreviewNotFound "LifecyclePolicyPreviewNotFoundException" BAD_REQUEST "No preview was started."
    LimitExceeded "LimitExceededException" BAD_REQUEST "A quota is used up."
    MissingAuthenticationToken "MissingAuthenticationTokenException" BAD_REQUEST "The request is not signed."
    QueueDoesNotExist "QueueDoesNotExist" BAD_REQUEST "No such queue."
    ReferencedImagesNotFound "ReferencedImagesNotFoundException" BAD_REQUEST "The index names absent images."
    RegistryPolicyNotFound "RegistryPolicyNotFoundException" BAD_REQUEST "No registry policy is set."
    RepositoryAlreadyExists "RepositoryAlreadyExistsException" BAD_REQUEST "The name is taken."
    RepositoryNotEmpty "RepositoryNotEmptyException" BAD_REQUEST "The repository holds images."
    RepositoryNotFound "RepositoryNotFoundException" BAD_REQUEST "No such repository."
    RepositoryPolicyNotFound "RepositoryPolicyNotFoundException" BAD_REQUEST "No repository policy is set."
    ScanNotFound "ScanNotFoundException" BAD_REQUEST "The image was not scanned."
    Serialization "SerializationException" BAD_REQUEST "The body is not the JSON that the operation takes."
    Server "ServerException" INTERNAL_SERVER_ERROR "The service failed."
    SigningConfigurationNotFound "SigningConfigurationNotFoundException" BAD_REQUEST "No signing configuration is set."
    Throttling "ThrottlingException" BAD_REQUEST "Too many requests a second."
    TooManyTags "TooManyTagsException" BAD_REQUEST "A resource holds 50 tags at most."
    UnknownOperation "UnknownOperationException" BAD_REQUEST "The operation is not offered."
    UnsupportedImageType "UnsupportedImageTypeException" BAD_REQUEST "The image cannot be scanned."
    UploadNotFound "UploadNotFoundException" BAD_REQUEST "No such upload."
    Validation "ValidationException" BAD_REQUEST "A value is not one that the operation takes."
}

/// An error in AWS's format: a kind, a message, and sometimes more members.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub struct EcrError {
    /// The exception.
    pub kind: ErrorKind,
    /// The message for people.
    pub message: String,
    details: Map<String, Value>,
}

impl fmt::Display for EcrError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.kind.name(), self.message)
    }
}

impl EcrError {
    /// An error of this kind with this message.
    #[must_use]
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            details: Map::new(),
        }
    }

    /// A parameter that breaks a constraint.
    #[must_use]
    pub fn invalid(parameter: &str, constraint: &str) -> Self {
        Self::new(
            ErrorKind::InvalidParameter,
            format!(
                "Invalid parameter at '{parameter}' failed to satisfy constraint: '{constraint}'"
            ),
        )
    }

    /// Adds a member that the exception has in addition to its message.
    #[must_use]
    pub fn with(mut self, member: &str, value: impl Into<Value>) -> Self {
        self.details.insert(member.to_owned(), value.into());
        self
    }

    /// The JSON body: `__type`, `message` and the exception's other members.
    #[must_use]
    pub fn body(&self) -> Value {
        let mut body = self.details.clone();
        body.insert("__type".to_owned(), json!(self.kind.name()));
        body.insert("message".to_owned(), json!(self.message));
        Value::Object(body)
    }
}
