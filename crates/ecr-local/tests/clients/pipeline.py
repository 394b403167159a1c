"""Uses ECR like a pipeline, through boto3. Prints the final digest of the tag `prod`."""

import base64
import gzip
import hashlib
import json
import urllib.request

import boto3
from botocore.exceptions import ClientError

REPOSITORY = "shop/api"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
INDEX = "application/vnd.oci.image.index.v1+json"

ecr = boto3.client("ecr")


def digest_of(content):
    return "sha256:" + hashlib.sha256(content).hexdigest()


def refused(code, call, **arguments):
    """The call must fail with that error code."""
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        assert error.response["ResponseMetadata"]["RequestId"]
    else:
        raise AssertionError(f"{code} was expected")


def push_blob(content):
    digest = digest_of(content)
    upload = ecr.initiate_layer_upload(repositoryName=REPOSITORY)
    part_size = upload["partSize"]
    for first in range(0, len(content), part_size):
        part = content[first : first + part_size]
        ecr.upload_layer_part(
            repositoryName=REPOSITORY,
            uploadId=upload["uploadId"],
            partFirstByte=first,
            partLastByte=first + len(part) - 1,
            layerPartBlob=part,
        )
    done = ecr.complete_layer_upload(
        repositoryName=REPOSITORY, uploadId=upload["uploadId"], layerDigests=[digest]
    )
    assert done["layerDigest"] == digest
    return {"digest": digest, "size": len(content)}


def push_image(number):
    layer = push_blob(gzip.compress(b"program %d" % number, mtime=0))
    config = push_blob(json.dumps({"architecture": "amd64", "os": "linux", "number": number}).encode())
    config["mediaType"] = "application/vnd.oci.image.config.v1+json"
    layer["mediaType"] = "application/vnd.oci.image.layer.v1.tar+gzip"
    manifest = {"schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": [layer]}
    return json.dumps(manifest)


def put(manifest, tag=None):
    arguments = {"imageTag": tag} if tag else {}
    image = ecr.put_image(repositoryName=REPOSITORY, imageManifest=manifest, **arguments)["image"]
    assert image["imageId"]["imageDigest"] == digest_of(manifest.encode())
    return image["imageId"]["imageDigest"]


def log_in():
    token = ecr.get_authorization_token()["authorizationData"][0]
    user, _, password = base64.b64decode(token["authorizationToken"]).decode().partition(":")
    assert user == "AWS" and password


def push_and_move():
    first, second = push_image(1), push_image(2)
    put(first, "1.0-build.1")
    old = put(first, "prod")
    new = put(second, "prod")
    refused("ImageAlreadyExistsException", put, manifest=second, tag="prod")
    images = {
        image["imageDigest"]: image
        for page in ecr.get_paginator("describe_images").paginate(
            repositoryName=REPOSITORY, PaginationConfig={"PageSize": 1}
        )
        for image in page["imageDetails"]
    }
    assert set(images) == {old, new}
    assert images[old]["imageTags"] == ["1.0-build.1"], "the moved tag is gone from the old image"
    assert images[new]["imageTags"] == ["prod"]
    return old, new


def push_index(children):
    entries = [{"mediaType": MANIFEST, "digest": child, "size": 1} for child in children]
    index = {"schemaVersion": 2, "mediaType": INDEX, "manifests": entries}
    digest = put(json.dumps(index), "all-platforms")
    failures = ecr.batch_delete_image(
        repositoryName=REPOSITORY, imageIds=[{"imageDigest": children[0]}]
    )["failures"]
    assert failures[0]["failureCode"] == "ImageReferencedByManifestList", failures
    entries[0]["digest"] = digest_of(b"absent")
    refused("ReferencedImagesNotFoundException", put, manifest=json.dumps(index))
    return digest


def read_back(digest):
    answer = ecr.batch_get_image(repositoryName=REPOSITORY, imageIds=[{"imageTag": "prod"}])
    manifest = answer["images"][0]["imageManifest"]
    assert digest_of(manifest.encode()) == digest
    for blob in (json.loads(manifest)["config"], *json.loads(manifest)["layers"]):
        url = ecr.get_download_url_for_layer(repositoryName=REPOSITORY, layerDigest=blob["digest"])
        with urllib.request.urlopen(url["downloadUrl"]) as download:
            assert digest_of(download.read()) == blob["digest"]


def scan(digest):
    image = {"imageDigest": digest}
    ecr.start_image_scan(repositoryName=REPOSITORY, imageId=image)
    ecr.get_waiter("image_scan_complete").wait(repositoryName=REPOSITORY, imageId=image)
    findings = ecr.describe_image_scan_findings(repositoryName=REPOSITORY, imageId=image)
    counts = findings["imageScanFindings"]["findingSeverityCounts"]
    assert sum(counts.values()) == len(findings["imageScanFindings"]["findings"])


def preview_cleanup():
    older = put(push_image(3), "2.0-build.3")
    put(push_image(4), "2.0-build.4")
    rule = {
        "rulePriority": 1,
        "selection": {
            "tagStatus": "tagged",
            "tagPrefixList": ["2.0-"],
            "countType": "imageCountMoreThan",
            "countNumber": 1,
        },
        "action": {"type": "expire"},
    }
    text = json.dumps({"rules": [rule]})
    ecr.start_lifecycle_policy_preview(repositoryName=REPOSITORY, lifecyclePolicyText=text)
    ecr.get_waiter("lifecycle_policy_preview_complete").wait(repositoryName=REPOSITORY)
    preview = ecr.get_lifecycle_policy_preview(repositoryName=REPOSITORY)
    going = {result["imageDigest"] for result in preview["previewResults"]}
    assert going == {older}, preview
    assert preview["summary"]["expiringImageTotalCount"] == 1


def sign():
    profile = "arn:aws:signer:eu-central-1:111122223333:/signing-profiles/shop_release"
    filters = [{"filter": "shop/*", "filterType": "WILDCARD_MATCH"}]
    signing = {"rules": [{"signingProfileArn": profile, "repositoryFilters": filters}]}
    refused("SigningConfigurationNotFoundException", ecr.get_signing_configuration)
    assert ecr.put_signing_configuration(signingConfiguration=signing)["signingConfiguration"] == signing
    digest = put(push_image(5), "3.0-build.5")
    assert ecr.get_signing_configuration()["signingConfiguration"] == signing
    status = ecr.describe_image_signing_status(
        repositoryName=REPOSITORY, imageId={"imageTag": "3.0-build.5"}
    )
    assert status["imageId"]["imageDigest"] == digest
    assert status["signingStatuses"] == [{"signingProfileArn": profile, "status": "COMPLETE"}], status
    referrers = ecr.list_image_referrers(repositoryName=REPOSITORY, subjectId={"imageDigest": digest})
    types = [referrer["artifactType"] for referrer in referrers["referrers"]]
    assert types == ["application/vnd.cncf.notary.signature"], referrers
    assert ecr.delete_signing_configuration()["signingConfiguration"] == signing


def main():
    ecr.create_repository(repositoryName=REPOSITORY, tags=[{"Key": "team", "Value": "shop"}])
    refused("RepositoryAlreadyExistsException", ecr.create_repository, repositoryName=REPOSITORY)
    refused("RepositoryPolicyNotFoundException", ecr.get_repository_policy, repositoryName=REPOSITORY)
    log_in()
    old, new = push_and_move()
    push_index([old, new])
    read_back(new)
    scan(new)
    preview_cleanup()
    sign()
    assert boto3.client("sts").get_caller_identity()["Account"] == "111122223333"
    print(new)


main()
