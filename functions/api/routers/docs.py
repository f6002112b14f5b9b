"""The API's own description, for programs and for people. It needs no script and nothing from elsewhere."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, JSONResponse

from functions.api import description, docs_page

router = APIRouter(tags=["service"])


@router.get("/openapi.json", include_in_schema=False)
def get_openapi() -> JSONResponse:
    """The OpenAPI document of the whole API."""
    document: dict[str, Any] = description.document()
    return JSONResponse(document)


@router.get("/docs", include_in_schema=False)
def get_docs() -> HTMLResponse:
    """The same as a page."""
    policy = f"default-src 'none'; style-src '{docs_page.STYLE_HASH}'; frame-ancestors 'none'; base-uri 'none'"
    return HTMLResponse(docs_page.render(description.document()), headers={"content-security-policy": policy})
