"""The addresses of yearly forms and of the Board's calendar and reports."""

from django.urls import URLPattern, path, re_path

from sinhthai.supervision.views import board, filing_list, filings

_PARK = "parks/<slug:code>/filings/"
_ENTERPRISE = "enterprises/<slug:code>/filings/"
_ONE = "filings/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("filings/", filing_list.filings, name="filings"),
    re_path(r"^filings\.(?P<fmt>xlsx|csv)$", filing_list.export, name="filings_export"),
    path(_PARK, filings.park_filings, name="park_filings"),
    path(_PARK + "open/", filings.park_filing_open, name="park_filing_open"),
    path(_ENTERPRISE, filings.enterprise_filings, name="enterprise_filings"),
    path(_ENTERPRISE + "open/", filings.enterprise_filing_open, name="enterprise_filing_open"),
    path(_ONE, filings.filing, name="filing"),
    path(_ONE + "file.<str:fmt>", filings.filing_file, name="filing_file"),
    path(_ONE + "upload/", filings.filing_upload, name="filing_upload"),
    path("board/", board.board, name="supervision_board"),
    path("board/reports/<str:period>.xlsx", board.board_report, name="board_report"),
    path("board/reports/<str:period>/sent/", board.board_report_sent, name="board_report_sent"),
    path(_ONE + "<str:step>/", filings.filing_step, name="filing_step"),
]
