"""Show a project to a bank or fund, and take it back. Nobody but the enterprise does so."""

from __future__ import annotations

import datetime as dt

from sinhthai.accounts.models import Organisation, User
from sinhthai.finance.actions.recording import held, record
from sinhthai.finance.actions.refusals import refuse
from sinhthai.finance.models import Project, ProjectEvent, Share
from sinhthai.finance.policy import may_share
from sinhthai.foundation.text import Text


def share_project(
    *, user: User, project: Project, organisation: Organisation, at: dt.datetime
) -> Share:
    """Let the people of *organisation* read the project until the share is withdrawn."""
    with held(user, project) as row:
        if not may_share(user, row.enterprise):
            raise refuse("no-right")
        if organisation.kind != Organisation.Kind.BANK:
            raise refuse("not-a-bank")
        if row.stage == Project.Stage.IDEA:
            raise refuse("too-early-to-share")
        if row.shares.filter(organisation=organisation, withdrawn_at=None).exists():
            raise refuse("shared-already")
        share = Share.objects.create(project=row, organisation=organisation, by=user, at=at)
        record(
            row, user, at, ProjectEvent.What.SHARED,
            Text("Chia sẻ dự án {project} với {bank}.", "Shared project {project} with {bank}."),
            text=organisation.name_vi, detail={"organisation": organisation.code},
            bank=_name(organisation),
        )  # fmt: skip
    return share


def withdraw_share(*, user: User, share: Share, at: dt.datetime) -> Share:
    """Take a project back from a bank; what it read stays in the log of looks."""
    with held(user, share.project, dropped_too=True) as row:
        if not may_share(user, row.enterprise):
            raise refuse("no-right")
        found = Share.objects.select_for_update(of=("self",)).get(pk=share.pk)
        if found.withdrawn_at is not None:
            raise refuse("share-withdrawn")
        found.withdrawn_by, found.withdrawn_at = user, at
        found.save(update_fields=["withdrawn_by", "withdrawn_at"])
        organisation = share.organisation
        record(
            row, user, at, ProjectEvent.What.UNSHARED,
            Text("Rút chia sẻ dự án {project} với {bank}.",
                 "Took project {project} back from {bank}."),
            text=organisation.name_vi, detail={"organisation": organisation.code},
            bank=_name(organisation),
        )  # fmt: skip
    return found


def _name(organisation: Organisation) -> Text:
    return Text(organisation.name_vi, organisation.name_en or organisation.name_vi)
