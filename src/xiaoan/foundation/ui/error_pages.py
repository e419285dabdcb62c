"""Error pages: what happened, why, what to do, and a number to tell on the telephone.

They need neither database nor session nor context processors, so that they work when those do not. The
page for 404 says the same whether a thing is missing or hidden (`13-contracts.md` section 3).
"""

import logging
import sys
from dataclasses import dataclass
from http import HTTPStatus
from secrets import token_hex

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.database import cannot_store_now
from xiaoan.foundation.errors import Refused, Words

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ErrorText:
    """The three sentences of a status."""

    title: Words
    why: Words
    todo: Words


TEXTS = {
    400: ErrorText(
        _("这次请求没有被接受"),
        _("提交的内容格式不对，或含有不能保存的字符。"),
        _("请返回上一页检查填写的内容，再提交一次。"),
    ),
    403: ErrorText(
        _("这件事不由您办理"),
        _("按岗位职责，这一步由别的岗位办理。"),
        _("请联系本单位的安全员，或返回上一页查看由谁办理。"),
    ),
    404: ErrorText(
        _("没有找到这一页"),
        _("它可能已不存在，或不在您的查看范围内。"),
        _("请从首页重新进入；如果是别人发来的链接，请与对方核对。"),
    ),
    409: ErrorText(
        _("情况已经变化"),
        _("您打开页面之后，有人先一步改动了同一条记录。"),
        _("请返回上一页，刷新后查看最新情况，再决定是否继续。您填写的内容还在本机草稿中。"),
    ),
    413: ErrorText(
        _("文件太大"),
        _("一次上传的内容超过了上限。"),
        _("请减少照片张数或压缩文件后，再提交一次。"),
    ),
    415: ErrorText(
        _("不支持这种文件"),
        _("文件的实际类型不在接受的范围内。"),
        _("照片请用 JPG 或 PNG，文件请用 PDF、Word 或 Excel。"),
    ),
    422: ErrorText(
        _("有内容需要修改"),
        _("填写的内容不符合规则，没有保存。"),
        _("请返回上一页，按提示修改后再提交。"),
    ),
    429: ErrorText(
        _("操作太频繁"),
        _("短时间内尝试的次数过多，系统暂停受理。"),
        _("请等一分钟再试。"),
    ),
    500: ErrorText(
        _("系统出了差错"),
        _("这不是您的操作造成的，差错已记录下来。"),
        _("请稍后再试。仍然不行，请把下面的错误编号告诉系统管理员。"),
    ),
    503: ErrorText(
        _("系统暂时不能保存"),
        _("系统正在维护，或存储暂不可用。"),
        _("请保留本页，过几分钟再提交；填写的内容还在本机草稿中。"),
    ),
}
CSRF_TEXT = ErrorText(
    _("页面已过期，没有提交"),
    _("页面打开得太久，或浏览器禁用了 Cookie。"),
    _("请返回上一页，刷新后再提交；填写的内容还在本机草稿中。"),
)


def error_page(
    request: HttpRequest, status: int, *, why: Words = "", number: str = "", text: ErrorText | None = None
) -> HttpResponse:
    """The page of a status. `why` replaces the general reason by that of the case; not for 404."""
    words = text or TEXTS[status]
    same_for_all = status == HTTPStatus.NOT_FOUND
    context = {
        "title": words.title,
        "why": words.why if same_for_all else why or words.why,
        "todo": words.todo,
        "number": str(status) if same_for_all else number or str(status),
        "back_url": "" if same_for_all else _page_before(request),
    }
    return HttpResponse(render_to_string("shell/error.html", context), status=status)


def refusal_page(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The page that answers a refused act or reading."""
    return error_page(request, refused.status, why=str(refused), number=f"{refused.status} {refused.code}")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400; what is too large to be read has a page of its own."""
    return error_page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Django's handler403."""
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Django's handler404."""
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500. The number on the page is in the log, beside the address.

    Where the database cannot be used at this moment, nobody made a mistake: 503.
    """
    status = 503 if cannot_store_now(sys.exc_info()[1]) else 500
    number = f"{status}-{token_hex(4)}"
    log.error("error number %s at %s", number, request.path)
    return error_page(request, status, number=number)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW."""
    log.warning("csrf refused at %s: %s", request.path, reason)
    return error_page(request, 403, text=CSRF_TEXT)


def _page_before(request: HttpRequest) -> str:
    """The page the person came from, when it is ours."""
    address = request.headers.get("Referer", "")
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}) else ""
