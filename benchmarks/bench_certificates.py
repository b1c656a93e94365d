"""Issue and verify certificates, against the bare signing and the bare typesetting of the same run.

A certificate is a signed credential and a sealed page. What it costs beside its two unavoidable
parts, one Ed25519 signature and one Typst compile, is what this house adds.

    python benchmarks/bench_certificates.py [--n 200]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
import typing
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import typst
from tests.certification.certificates.signing import (
    AT,
    COMMITTEE,
    STATEMENT,
    TODAY,
    issuers,
    register,
)

from sinhthai.certification.documents.certificate import CertificateFacts, certificate_pdf
from sinhthai.certification.engine.canonical import canonical, digest
from sinhthai.certification.engine.credential import compose, moment
from sinhthai.certification.engine.keys import private_did
from sinhthai.certification.engine.proof import sign
from sinhthai.certification.engine.seal import seal
from sinhthai.certification.engine.status import Entry
from sinhthai.certification.engine.verify import verify
from sinhthai.foundation.text import Text

ROUNDS = 5


def rate(work: Callable[[int], object], n: int) -> float:
    """Return runs of *work* a second: the median of five rounds of *n*, after one warm run."""
    work(0)
    seen = []
    for number in range(ROUNDS):
        start = time.perf_counter()
        for i in range(number * n + 1, (number + 1) * n + 1):  # never the same page twice
            work(i)
        seen.append(n / (time.perf_counter() - start))
    return statistics.median(seen)


def credential(i: int) -> dict[str, object]:
    said = replace(STATEMENT, number=f"{i:04d}/2026/GCN-KCNST/UBND-79", status_index=i)
    return sign(compose(said, private_did(COMMITTEE)), COMMITTEE, created=moment(AT))


def page(i: int, attached: bytes) -> bytes:
    """Return the page of certificate *i*; its QR code is a plain square here."""
    square = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    facts = CertificateFacts(
        subject="park",
        number=f"{i:04d}/2026/GCN-KCNST/UBND-79",
        holder=STATEMENT.holder,
        holder_code=STATEMENT.holder_code,
        operator=Text("", ""),
        park=None,
        place=STATEMENT.place,
        issuer=STATEMENT.issuer,
        framework=Text("Khu công nghiệp sinh thái", "Eco-industrial park"),
        instrument=STATEMENT.instrument,
        criteria=12,
        issued_on=STATEMENT.issued_on,
        valid_until=STATEMENT.valid_until,
        dossier_digest="1" * 64,
        assessment_digest="2" * 64,
        key=private_did(COMMITTEE),
        url=STATEMENT.url,
        made_at=AT,
    )
    return certificate_pdf(facts, square, attached)


def issue(i: int) -> bytes:
    return seal(page(i, canonical(credential(i))), COMMITTEE)


def bare_page() -> Callable[[int], object]:
    """Return one Typst compile of the same page, its inputs ready: nothing can be less."""
    from sinhthai.certification.documents import typesetting

    kept: dict[str, typing.Any] = {}
    real = typesetting._compiled

    def keep(compiler: typst.Compiler, inputs: dict[str, str], at: int, standard: str) -> bytes:
        kept.update(compiler=compiler, inputs=inputs, at=at, standard=standard)
        return real(compiler, inputs, at, standard)  # type: ignore[arg-type]

    typesetting._compiled = keep  # type: ignore[assignment]
    try:
        page(0, canonical(credential(0)))
    finally:
        typesetting._compiled = real
    inputs = kept["inputs"]

    def compile_once(i: int) -> object:
        # Another text each time, or the compiler gives back what it has.
        changed = inputs | {"document": inputs["document"].replace("0000/2026", f"{i:04d}/2026")}
        return kept["compiler"].compile(
            format="pdf", timestamp=kept["at"], sys_inputs=changed,
            pdf_standards=[kept["standard"]],
        )  # fmt: skip

    return compile_once


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=200)
    n = parser.parse_args().n
    signed = credential(0)
    shown, sealed = canonical(signed), issue(0)
    trusted = issuers()
    kept = register(
        *(
            Entry(
                i,
                f"{i:04d}",
                digest(signed) if i == 0 else f"{i:064x}",
                "valid",
                STATEMENT.issued_on,
            )
            for i in range(5000)
        )
    )

    def look(content: bytes) -> object:
        return verify(content, issuers=trusted, register=kept, today=TODAY)

    message = bytes(64)
    signature, public = COMMITTEE.sign(message), COMMITTEE.public_key()
    assert verify(sealed, issuers=trusted, register=None, today=TODAY).is_valid
    signing = rate(lambda _i: COMMITTEE.sign(message), 20 * n)
    checking = rate(lambda _i: public.verify(signature, message), 20 * n)
    typesetting = rate(bare_page(), max(n // 10, 5))
    pages = max(n // 10, 5)
    rows = [
        ("bare Ed25519 signature", signing, signing),
        ("bare Ed25519 check", checking, checking),
        ("bare Typst compile", typesetting, typesetting),
        ("sign a credential", rate(credential, n), signing),
        ("issue: credential, page, seal", rate(issue, pages), typesetting),
        ("verify JSON, 5,000 in register", rate(lambda _i: look(shown), n), checking),
        ("verify PDF, 5,000 in register", rate(lambda _i: look(sealed), n // 4), checking),
    ]
    print(f"{'':34}{'a second':>12}  times the bare work")
    for name, per_second, bare in rows:
        print(f"{name:34}{per_second:12,.0f}  {bare / per_second:10.2f}")


if __name__ == "__main__":
    main()
