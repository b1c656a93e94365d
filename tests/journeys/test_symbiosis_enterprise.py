"""An enterprise enters its streams, sees partners by band, and both agree before either is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from tests.journeys.test_accessibility import complaints
from tests.journeys.test_story import sign_in, words
from tests.symbiosis.web.conftest import (
    AT,
    make_enterprise,
    make_park,
    make_person,
    need_of_ash,
    put,
)

from sinhthai.accounts.models import User
from sinhthai.registry.models import Enterprise, Province
from sinhthai.symbiosis.models import Consent, Stream
from sinhthai.symbiosis.policy import log_looks
from sinhthai.symbiosis.readers.pairs import pair_token

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "x" * 12


@pytest.fixture
def country(db: None) -> dict[str, Enterprise]:
    """A power plant without a stream, and a cement maker that asks for fly ash 16 km away."""
    province = Province.objects.create(
        code="79", valid_from=dt.date(2025, 7, 1), name="Thành phố Hồ Chí Minh", search="hcm"
    )
    south = make_park("hiep-phuoc", "Hiệp Phước", province, 10.634, 106.758)
    north = make_park("cat-lai", "Cát Lái", province, 10.765, 106.785)
    power = make_enterprise(south, "0300000001", "Nhiệt điện Ánh Dương", "3511")
    cement = make_enterprise(north, "0300000002", "Xi măng Bình Minh", "2394")
    make_person("power", "enterprise", "enterprise", power.code)
    make_person("cement", "enterprise", "enterprise", cement.code)
    make_person("office", "operator", "park", south.code)
    need_of_ash(cement)
    return {"power": power, "cement": cement}


def main(page: Any) -> str:
    return words(page.locator("main"))


def test_an_enterprise_finds_a_partner_and_both_agree_before_either_is_named(
    open_page: Callable[..., Any], country: dict[str, Enterprise]
) -> None:
    power, cement = country["power"], country["cement"]
    page = open_page()
    sign_in(page, "power", PASSWORD)

    # Signed in, on the own enterprise; the list of streams says what to do first.
    assert page.url.endswith(f"/enterprises/{power.code}/")
    page.click("main >> text=Dòng vật chất")
    assert "Chưa khai dòng vật chất nào" in main(page)

    # One by hand: the system suggests what it is while the name is typed.
    page.click("text=Khai từng dòng bằng tay")
    page.type("#id_name", "Tro bay nồi hơi than")
    page.click("#suggestions button >> nth=0")
    assert page.input_value("#id_material") == "coal-fly-ash"
    page.fill("#id_quantity", "nhiều")
    page.click("button.btn.go")
    page.wait_for_selector(".error-summary")
    assert "không phải là một số" in main(page)
    assert page.input_value("#id_name") == "Tro bay nồi hơi than"  # nothing typed is lost
    page.fill("#id_quantity", "3.150,5")
    page.select_option("#id_hazard", "TT")
    page.select_option("#id_sorted", "yes")
    page.click("button.btn.go")
    page.wait_for_selector("text=Đã khai dòng vật chất")
    assert "3.150,5 tấn" in main(page)

    # The partner by band: no name, no exact quantity, no place.
    page.click("main .tools >> text=Đối tác tiềm năng")
    seen = main(page)
    assert "Một doanh nghiệp, 10–20 km" in seen and "10–50 %" in seen
    assert "Bình Minh" not in page.content() and "8.000" not in page.content()
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("text=Tôi đồng ý cho biết tên")
    page.wait_for_selector("text=Đơn vị đã đồng ý; bên kia chưa đồng ý.")
    assert "Bình Minh" not in page.content()

    # The other side agrees; now each sees the other.
    other = open_page(language="en", width=390, height=844)
    sign_in(other, "cement", PASSWORD)
    other.goto(f"/enterprises/{cement.code}/partners/")
    assert "waits for you" in main(other) and "Ánh Dương" not in other.content()
    other.once("dialog", lambda dialog: dialog.accept())
    other.click("text=I agree to be named")
    other.wait_for_selector("text=Both agreed.")
    other.click("text=See the partner")
    assert "Nhiệt điện Ánh Dương" in main(other) and "3,150.5 t" in main(other)
    page.reload()
    assert "Bình Minh" in main(page)

    # The look is logged, and taking the agreement back closes the page again.
    page.goto(f"/enterprises/{power.code}/looks/")
    assert "Người cement" in main(page) and "trang của đối tác" in main(page)
    closed = other.url
    page.goto(f"/enterprises/{power.code}/partners/")
    page.click("text=Rút lại sự đồng ý >> nth=0")
    page.wait_for_selector("text=hai bên không còn thấy nhau")
    assert other.goto(closed).status == 404
    assert "Bình Minh" not in page.content()


def test_a_change_is_kept_and_a_second_person_at_once_sees_the_conflict(
    open_page: Callable[..., Any], country: dict[str, Enterprise]
) -> None:
    power = country["power"]
    stream = put(power, origin="profile", material="coal-fly-ash")
    first, second = open_page(), open_page()
    sign_in(first, "power", PASSWORD)
    sign_in(second, "office", PASSWORD)
    url = f"/enterprises/{power.code}/streams/{stream.pk}/"
    first.goto(url)
    assert "ước tính" in main(first)
    first.click("text=Xác nhận hoặc sửa")
    second.goto(url + "edit/")
    first.fill("#id_quantity", "4000")
    first.click("button.btn.go")
    first.wait_for_selector("text=nội dung trước được giữ lại")
    assert "ước tính" not in words(first.locator("h1"))
    second.fill("#id_quantity", "5000")
    with second.expect_navigation() as answered:
        second.click("button.btn.go")
    assert answered.value.status == 409
    assert "Có người khác đã sửa dòng này" in main(second)
    assert stream.versions.get(is_current=True).quantity == 4000

    # Withdrawn and taken back; the log shows that the office of the park was here.
    first.click("text=Rút dòng này")
    first.wait_for_selector("text=Đã rút dòng vật chất")
    first.click("text=Hoàn tác việc rút")
    first.wait_for_selector("text=đã có hiệu lực lại")
    first.goto(f"/enterprises/{power.code}/looks/")
    assert "Người office" in main(first)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_pages_of_an_enterprise_can_be_read_by_everybody(
    open_page: Callable[..., Any], country: dict[str, Enterprise], language: str
) -> None:
    power, cement = country["power"], country["cement"]
    page = open_page(language=language)
    sign_in(page, "power", PASSWORD)
    base = f"/enterprises/{power.code}/"
    empty = [f"{base}streams/", f"{base}partners/", f"{base}looks/", f"{base}streams/profile/"]
    found = complaints(page, empty, language, (1440, 390, 320))
    stream = put(power)
    put(power, name="Tro bay", origin="profile", code="")
    put(power, name="Thứ chưa biết", material="", code="")
    need = Stream.objects.get(enterprise=cement)
    for one, other, who in ((stream, need, "power"), (need, stream, "cement")):
        user = User.objects.get(username=who)
        Consent.objects.create(stream=one, partner_stream=other, answer="yes", by=user, at=AT)
    office = User.objects.get(username="office")
    log_looks(office, [stream], "facilitator", "streams", AT)
    token = pair_token(User.objects.get(username="power"), stream.pk, need.pk)
    full = [
        f"{base}streams/", f"{base}streams/{stream.pk}/", f"{base}streams/{stream.pk}/edit/",
        f"{base}partners/", f"{base}partners/{token}/", f"{base}looks/",
    ]  # fmt: skip
    found += complaints(page, full, language, (1440, 720, 390, 320))
    assert not found, "\n".join(["", *found])
