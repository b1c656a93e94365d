"""The API: the same reads and acts as the pages, as JSON, described by OpenAPI.

Every slice brings its router; here they get one door, one way of signing in, and one way of
saying what went wrong (RFC 9457 problem documents).
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.docs import Swagger
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from sinhthai import __version__
from sinhthai.accounts.models import User
from sinhthai.accounts.tokens import user_of_token
from sinhthai.assessment.api import router as assessment
from sinhthai.foundation.problems import InputError
from sinhthai.portal.api import router as portal
from sinhthai.registry.api import router as registry
from sinhthai.reporting.api import router as reporting
from sinhthai.site.errors import problem
from sinhthai.symbiosis.api import router as symbiosis

_SAFE = {"GET", "HEAD", "OPTIONS"}

DESCRIPTION = """
Số liệu, báo cáo, đánh giá, cộng sinh công nghiệp và quy định về khu công nghiệp sinh thái, như trên
các trang web.
Dữ liệu công khai không cần đăng nhập; phần còn lại cần mã truy cập (trang *Tài khoản → Mã truy cập
API*), gửi kèm mỗi yêu cầu: `Authorization: Bearer st_…`. Người không có quyền nhận 404.

The figures, reports, assessments, industrial symbiosis and rules of eco-industrial parks, as on the
pages.
Public data need no sign-in; the rest needs a token (page *Account → API tokens*) sent with every
request: `Authorization: Bearer st_…`. Who may not see a thing gets 404. Errors are problem
documents (RFC 9457). A result is a finding of the system, not an administrative decision.
"""


class Identity(AuthBase):
    """Who asks: the person of a token, the one signed in to the site, or the public.

    The public may read; what it may not see, the policies of the slices hide. Acts need a
    person. A session from the site counts only with its CSRF token, as on the pages.
    """

    openapi_type = "http"
    openapi_scheme = "bearer"
    csrf = True  # the documentation page sends the proof along

    def __call__(self, request: HttpRequest) -> User | AnonymousUser | None:
        header = request.headers.get("Authorization", "")
        if header:
            return self._by_token(request, header)
        user: User | AnonymousUser = request.user
        if request.method in _SAFE:
            return user
        if not user.is_authenticated:
            return None
        if check_csrf(request):
            raise HttpError(403, "CSRF token missing or wrong")
        return user

    def _by_token(self, request: HttpRequest, header: str) -> User | None:
        scheme, _space, plain = header.partition(" ")
        if scheme.lower() != "bearer":
            return None
        user = user_of_token(plain.strip(), at=timezone.now())
        if user is not None:
            request.user = user
        return user


api = NinjaAPI(
    title="Sinh Thái",
    version=__version__,
    description=DESCRIPTION,
    urls_namespace="api",
    auth=Identity(),
    docs=Swagger(settings={"defaultModelsExpandDepth": -1, "docExpansion": "list"}),
)


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, "Not found")


@api.exception_handler(AuthenticationError)
def _unknown_person(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    response = problem(
        401, "Sign in", detail="Send a valid token: it may be wrong, revoked or past its end."
    )
    response.headers["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, str(error) or "Refused")


@api.exception_handler(ValidationError)
def _not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [
        {"where": ".".join(str(part) for part in line["loc"]), "what": str(line["msg"])}
        for line in error.errors
    ]
    return problem(422, "The request was not understood", errors=errors)


@api.exception_handler(InputError)
def _bad_input(request: HttpRequest, error: InputError) -> HttpResponse:
    return problem(422, "The input has problems", problems=[_said(line) for line in error.problems])


def _said(line: Any) -> dict[str, Any]:
    return {
        "code": line.code,
        "severity": line.severity,
        "where": str(line.place),
        "message": {"vi": line.message.vi, "en": line.message.en},
        "cure": {"vi": line.cure.vi, "en": line.cure.en},
    }


for _router in (registry, reporting, assessment, symbiosis, portal):
    api.add_router("/", _router)
