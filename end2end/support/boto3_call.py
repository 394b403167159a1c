"""Calls one operation of ECR with boto3 and prints what it answers as JSON.

Usage: boto3_call.py ENDPOINT REGION OPERATION ARGUMENTS, where ARGUMENTS is a JSON object.
"""

import json
import sys

import boto3

endpoint, region, operation, arguments = sys.argv[1:]
# The embedded registry needs a signature and accepts any key.
client = boto3.client(
    "ecr",
    endpoint_url=endpoint,
    region_name=region,
    aws_access_key_id="any",
    aws_secret_access_key="any",
)
answer = getattr(client, operation)(**json.loads(arguments))
json.dump(answer, sys.stdout, default=str)
