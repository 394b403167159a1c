//! What Gantry does, over ECR.
