"""Whatever is sent to the API, it answers as described, and never breaks (schemathesis)."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from tests.site.cast import AT
from tests.site.openapi import described

from sinhthai.accounts.tokens import create_token
from sinhthai.site.wsgi import application

EXAMPLES = 10
OPERATIONS = [
    (path, method) for path, operations in described()["paths"].items() for method in operations
]


@pytest.fixture
def one_connection(db):
    """Keep the test's connection: a real server closes it after every request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def plain(one_connection, owner, enterprise):
    return create_token(user=owner, name="any input", at=AT, expires_at=None)[1]


@pytest.fixture
def schema(one_connection):
    return schemathesis.openapi.from_wsgi("/api/openapi.json", application)


@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=lambda part: part.replace("/", "."))
def test_no_input_breaks_the_api(schema, plain, path, method):
    statuses = set()

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],  # shrinking would take minutes
        suppress_health_check=list(HealthCheck),
    )
    @given(case=schema[path][method].as_strategy())
    def send(case):
        if "code" in case.path_parameters:
            case.path_parameters["code"] = "hiep-phuoc"
        answer = case.call(headers={"Authorization": f"Bearer {plain}"})
        statuses.add(answer.status_code)
        assert answer.status_code < 500, answer.text

    send()
    assert statuses
