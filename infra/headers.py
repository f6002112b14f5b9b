"""The security headers of the page, said once: CloudFront's policy and the local cloud's page both read them here."""

from collections.abc import Collection, Mapping
from typing import Final

CONTENT_SECURITY_POLICY: Final = "content-security-policy"
CONTENT_TYPE_OPTIONS: Final = "x-content-type-options"
FRAME_OPTIONS: Final = "x-frame-options"
REFERRER_POLICY: Final = "referrer-policy"
TRANSPORT_SECURITY: Final = "strict-transport-security"

HSTS_SECONDS: Final = 63_072_000
# What CloudFront has no setting of its own for.
OTHERS: Final[Mapping[str, str]] = {
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


def content_security_policy(uploads: Collection[str]) -> str:
    """What the page may load and whom it may call; ``uploads`` are the addresses that it posts resumes
    to and has the pictures of their pages from.

    Scripts are files of the page's own and nothing else. Styles may be inline: the components set them so.
    """
    directives = {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": " ".join(["'self'", "data:", *uploads]),
        "connect-src": " ".join(["'self'", *uploads]),
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def security_headers(uploads: Collection[str]) -> dict[str, str]:
    """Every header that the page's files are answered with."""
    return {
        CONTENT_SECURITY_POLICY: content_security_policy(uploads),
        CONTENT_TYPE_OPTIONS: "nosniff",
        FRAME_OPTIONS: "DENY",
        REFERRER_POLICY: "strict-origin-when-cross-origin",
        TRANSPORT_SECURITY: f"max-age={HSTS_SECONDS}; includeSubDomains",
        **OTHERS,
    }
