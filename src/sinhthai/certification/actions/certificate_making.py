"""Make a certificate: what it says, its number, the signed credential, and the sealed page."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import secrets

import segno
from django.conf import settings

from sinhthai.accounts.actions import display_name
from sinhthai.accounts.models import Organisation
from sinhthai.certification.actions.certificate_refusals import refuse
from sinhthai.certification.actions.issuer import open_key
from sinhthai.certification.documents.certificate import (
    CertificateFacts,
    ShownOverride,
    certificate_pdf,
)
from sinhthai.certification.engine.canonical import canonical, digest
from sinhthai.certification.engine.clocks import legal_day
from sinhthai.certification.engine.credential import (
    Overridden,
    Statement,
    compose,
    first_day_after,
    moment,
)
from sinhthai.certification.engine.proof import sign
from sinhthai.certification.engine.seal import seal
from sinhthai.certification.engine.status import ENTRIES
from sinhthai.certification.models import (
    Certificate,
    CertificateFile,
    Dossier,
    IssuerKey,
    Override,
    Snapshot,
)
from sinhthai.certification.readers.decision import OBSTACLE_NAMES
from sinhthai.certification.wording import organisation_name, park_name, procedure_of, subject_name
from sinhthai.foundation.text import Text
from sinhthai.registry.engine.territory import title_on
from sinhthai.registry.readers import unit
from sinhthai.rules.model import Framework

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no letters people mistake for one another
_ID_LENGTH = 12  # 59 bits
_ABBREVIATIONS = {"park": "GCN-KCNST", "enterprise": "GCN-DNST"}


def make_statement(
    dossier: Dossier,
    snapshot: Snapshot,
    framework: Framework,
    organisation: Organisation,
    overrides: list[Override],
    at: dt.datetime,
) -> Statement:
    """Put together what the certificate says."""
    issued_on = legal_day(at)
    park, enterprise = dossier.park, dossier.enterprise
    years = procedure_of(dossier).certificate_years
    if years is None:
        raise refuse("no_certificate_procedure")
    return Statement(
        subject="enterprise" if enterprise else "park",
        number=_next_number(organisation, "enterprise" if enterprise else "park", issued_on),
        public_id="".join(secrets.choice(_ALPHABET) for _ in range(_ID_LENGTH)),
        holder=subject_name(dossier),
        holder_code=enterprise.code if enterprise else park.code,
        park_code=park.code,
        park=park_name(park),
        place=title_on(unit(park.province_now), issued_on),
        issuer=organisation_name(organisation),
        issuer_code=organisation.code,
        framework=framework.id,
        instrument=framework.instrument,
        criteria=tuple(str(row["leaf"]) for row in snapshot.findings),
        assessed_on=snapshot.on,
        year=snapshot.year,
        issued_at=at,
        issued_on=issued_on,
        valid_until=first_day_after(issued_on, years),
        dossier=dossier.public_id,
        dossier_digest=dossier.submitted_digest,
        assessment_digest=snapshot.digest,
        input_digest=snapshot.input_digest,
        rules_hash=snapshot.rules_hash,
        engine_version=snapshot.engine_version,
        base=settings.SINHTHAI_PUBLIC_URL,
        status_index=_free_index(),
        overrides=tuple(
            Overridden(
                one.leaf,
                one.obstacle,
                one.clause,
                one.reason,
                display_name(one.by) if one.by else "",
                legal_day(one.at),
            )
            for one in overrides
        ),
        replaces=dossier.about.number
        if dossier.about and dossier.kind == Dossier.Kind.RECERTIFY
        else "",
        invented=park.invented or organisation.invented or bool(enterprise and enterprise.invented),
    )


def make_certificate(
    dossier: Dossier,
    statement: Statement,
    framework: Framework,
    key: IssuerKey,
    issuer: Organisation,
    at: dt.datetime,
) -> Certificate:
    """Sign the statement, set the page, seal it, and keep all three."""
    private = open_key(key)
    credential = sign(compose(statement, key.did), private, created=moment(at))
    page = certificate_pdf(
        _page(dossier, statement, framework, key, at), _qr(statement.url), canonical(credential)
    )
    certificate = Certificate.objects.create(
        public_id=statement.public_id,
        number=statement.number,
        dossier=dossier,
        park=dossier.park,
        enterprise=dossier.enterprise,
        issuer=issuer,
        key=key,
        issued_on=statement.issued_on,
        valid_until=statement.valid_until,
        credential=credential,
        digest=digest(credential),
        status_index=statement.status_index,
        state=Certificate.State.VALID,
        state_since=at,
        replaces=dossier.about if statement.replaces else None,
    )
    sealed = seal(page, private)
    CertificateFile.objects.create(
        certificate=certificate, pdf=sealed, sha256=hashlib.sha256(sealed).hexdigest()
    )
    return certificate


def _page(
    dossier: Dossier, said: Statement, framework: Framework, key: IssuerKey, at: dt.datetime
) -> CertificateFacts:
    """Return what the page says: the same as the credential, in words."""
    operator = dossier.park.operator
    return CertificateFacts(
        subject=said.subject,
        number=said.number,
        holder=said.holder,
        holder_code=said.holder_code,
        operator=Text(operator.name_vi, operator.name_en or operator.name_vi)
        if operator
        else Text("", ""),
        park=said.park if dossier.enterprise else None,
        place=said.place,
        issuer=said.issuer,
        framework=framework.title,
        instrument=said.instrument,
        criteria=len(said.criteria),
        issued_on=said.issued_on,
        valid_until=said.valid_until,
        dossier_digest=said.dossier_digest,
        assessment_digest=said.assessment_digest,
        key=key.did,
        url=said.url,
        made_at=at,
        overrides=tuple(
            ShownOverride(
                framework.leaf(one.leaf).clause,
                framework.leaf(one.leaf).title,
                OBSTACLE_NAMES[one.obstacle],
                one.clause,
                one.reason,
                one.by,
                one.on,
            )
            for one in said.overrides
        ),
        replaces=said.replaces,
        is_recertified=dossier.kind == Dossier.Kind.RECERTIFY,
        invented=said.invented,
    )


def _next_number(organisation: Organisation, subject: str, issued_on: dt.date) -> str:
    """Return the next number of *organisation* in the year: 0007/2026/GCN-KCNST/UBND-DONG-NAI.

    The decree states no numbering; certificates are never deleted, so their count is the last one.
    """
    given = Certificate.objects.filter(issuer=organisation, issued_on__year=issued_on.year).count()
    kind = _ABBREVIATIONS[subject]
    return f"{given + 1:04d}/{issued_on.year}/{kind}/{organisation.code.upper()}"


def _free_index() -> int:
    """Return a random free place of the status list: it must not tell who came before whom."""
    taken = set(Certificate.objects.values_list("status_index", flat=True))
    if len(taken) >= ENTRIES:
        raise refuse("list_full")
    while (index := secrets.randbelow(ENTRIES)) in taken:
        pass
    return index


def _qr(url: str) -> str:
    """Return the QR code of *url* as SVG; a quarter of it may be damaged on paper."""
    out = io.BytesIO()
    segno.make(url, error="q", micro=False).save(out, kind="svg", border=4, xmldecl=False)
    return out.getvalue().decode()
