"""Saying why a finding of cdk-nag does not apply, next to the resource it is about."""

from aws_cdk import Acknowledgment, Validations
from constructs import IConstruct

LOCAL_WITHOUT_TLS = "The local cloud listens on the loopback address only, and speaks plain http there."


def acknowledge(construct: IConstruct, rule: str, reason: str) -> None:
    """Acknowledge one finding on one construct, with the reason why it is right as it is."""
    Validations.of(construct).acknowledge(Acknowledgment(id=rule, reason=reason))
