"""What opened the case: who, on which ground, with which papers and signatures."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from beneficiaries.models import CoachingCase
from beneficiaries.rules.agreements import asked_on, opening_agreements
from foundation.formatting import date_words, number_words
from inspection.file.facts import InspectionFacts
from inspection.file.made import Made
from inspection.file.papers import STATE_WORDS, Paper
from inspection.file.parts import capital, day, facts, listing, moment, yes_no
from placements.selectors.clock_page import span
from tables.engine.tables import Section, Table


def identity(known: InspectionFacts) -> Section:
    """Who the person is, as little as needed; which organisation, under which project; who carried the case."""
    case = known.case
    return Section(_("La personne et le dossier"), (_person(case), _house(case), _belongings(case), _coaches(case)))


def _person(case: CoachingCase) -> Table:
    person = case.beneficiary
    return facts(
        "person",
        _("La personne"),
        (
            (_("Nom et prénom"), f"{person.last_name} {person.first_name}"),
            (_("Date de naissance"), day(person.birth_date)),
            (_("Commune"), f"{person.postal_code} {person.town}".strip()),
            (
                _("Numéro national"),
                _("enregistré, chiffré, non communiqué") if person.niss_index else _("non enregistré"),
            ),
        ),
    )


def _house(case: CoachingCase) -> Table:
    house, project, former = case.organisation, case.project, case.previous_case
    pairs = [
        (_("Organisme"), house.name),
        (_("Numéro BCE"), house.bce_number),
        (_("Site"), str(case.site) if case.site else ""),
        (_("Projet"), f"{project} ({project.get_funder_display()})" if project else ""),
        (_("Prescripteur"), str(case.referrer) if case.referrer else ""),
        (_("Orientée le"), day(case.referred_on)),
        (_("Ouvert le"), day(case.opened_on)),
        (_("Sorti le"), day(case.closed_on) or _("dossier ouvert")),
    ]
    if former is not None:
        pairs.append((_("Dossier précédent"), span(former.opened_on, former.closed_on)))
    return facts("case", _("Le dossier"), pairs)


def _belongings(case: CoachingCase) -> Table:
    """Where the case belonged, one line each; its hours are those of the project of their day."""
    rows = (
        (
            str(row.project) if row.project else _("aucun projet"),
            (
                day(row.starts_on),
                day(row.ends_on) or _("aujourd’hui encore"),
                str(row.site) if row.site else "",
                str(row.referrer) if row.referrer else "",
                row.actor.get_full_name(),
                row.reason,
            ),
        )
        for row in case.belongings.all()
    )
    return listing(
        "belongings",
        _("Projets, sites et prescripteurs"),
        _("Projet"),
        (_("Du"), _("Jusqu’au"), _("Site"), _("Prescripteur"), _("Par"), _("Motif")),
        rows,
    )


def _coaches(case: CoachingCase) -> Table:
    rows = (
        (
            row.coach.get_full_name(),
            (day(row.starts_on), day(row.ends_on) or _("aujourd’hui encore"), row.actor.get_full_name(), row.note),
        )
        for row in case.assignments.all()
    )
    return listing(
        "coaches",
        _("Qui a accompagné la personne"),
        _("Jobcoach"),
        (_("Du"), _("Jusqu’au"), _("Désigné·e par"), _("Note de passation")),
        rows,
    )


# --- eligibility ------------------------------------------------------------------------------------------------------


def eligibility(known: InspectionFacts) -> Section:
    """The check as it was frozen: criteria, papers, who, when, and what was known that day."""
    check, frozen = getattr(known.case, "eligibility", None), known.frozen
    title = _("Éligibilité")
    if check is None or frozen is None:
        return Section(title, (), _("L’éligibilité n’a pas été vérifiée."))
    pairs = [
        (_("Cadre légal"), str(check.get_regime_display())),
        (_("Vérifiée le"), day(check.checked_on)),
        (_("Vérifiée par"), check.checked_by.get_full_name()),
        (
            _("Pièce principale"),
            _("%(kind)s du %(date)s")
            % {"kind": check.get_evidence_kind_display(), "date": date_words(check.evidence_on)},
        ),
        (_("Dérogation"), yes_no(check.is_derogation)),
    ]
    if check.is_derogation:
        pairs += [
            (_("Motif de la dérogation"), check.derogation_reason),
            (_("Au-delà du quota"), yes_no(check.over_quota)),
            (_("Quota ce jour-là"), frozen.quota),
        ]
    tables = [facts("eligibility", _("La vérification"), pairs), _criteria(known)]
    if frozen.complete:
        tables += _known_that_day(known)
    missing = _("Vérification faite avant que le détail soit conservé : seuls les critères et la pièce l’ont été.")
    frozen_words = _("Vérifiée une fois, au début, puis figée : ce qui a changé ensuite ne la modifie pas.")
    return Section(title, tuple(tables), frozen_words if frozen.complete else missing)


def _criteria(known: InspectionFacts) -> Table:
    rows = []
    for line in known.frozen.lines if known.frozen else ():
        seen = [
            known.paper_words(paper.pk) or _("%(kind)s du %(date)s") % {"kind": paper.kind, "date": day(paper.dated_on)}
            for paper in line.papers
        ]
        found = _("retenu") if line.kept else _("rempli") if line.met else _("non rempli")
        if line.to_verify:
            found = _("%(found)s, à vérifier") % {"found": found}
        rows.append((line.label, (line.rule, found, line.reason, ", ".join(seen))))
    return listing(
        "criteria",
        _("Les critères"),
        _("Critère"),
        (_("Règle"), _("Constat"), _("Sur quoi il repose"), _("Pièces")),
        rows,
    )


def _known_that_day(known: InspectionFacts) -> Iterator[Table]:
    frozen = known.frozen
    if frozen is None:
        return
    yield facts(
        "profile",
        _("Ce qui était connu ce jour-là"),
        (
            (_("Date de naissance"), day(frozen.birth_date)),
            (_("Diplôme le plus élevé"), frozen.education),
            (_("Origine"), frozen.origin),
        ),
    )
    yield listing(
        "situations",
        _("Les situations de la personne, ce jour-là"),
        _("Situation"),
        (_("Du"), _("Au")),
        ((one.kind, (day(one.starts_on), day(one.ends_on) or _("en cours"))) for one in frozen.situations),
    )
    if frozen.work:
        counted = _("comptés comme inoccupés") if frozen.stayed_unoccupied else _("non comptés comme inoccupés")
        yield listing(
            "known_work",
            _("Les contrats connus ce jour-là"),
            _("Contrat"),
            (_("Du"), _("Au"), _("Jours")),
            ((one.kind, (day(one.starts_on), day(one.ends_on) or _("en cours"), counted)) for one in frozen.work),
        )


# --- coachability, signatures, papers ---------------------------------------------------------------------------------


def coachability(known: InspectionFacts) -> Section:
    """The four conditions, seen with the person (domain.md 4)."""
    check = getattr(known.case, "coachability", None)
    title = _("Coachabilité")
    if check is None:
        return Section(title, (), _("Les quatre conditions n’ont pas été vues avec la personne."))
    fields = ("volunteer", "informed", "available", "ordinary_job")
    pairs = [(capital(check._meta.get_field(name).verbose_name), yes_no(getattr(check, name))) for name in fields]
    pairs += [(_("Vues le"), day(check.checked_on)), (_("Vues par"), check.checked_by.get_full_name())]
    return Section(title, (facts("coachability", _("Les quatre conditions"), pairs),))


def agreements(known: InspectionFacts) -> Section:
    """The signed documents that open pre-hire, and which are missing."""
    signed = list(known.case.agreements.all())
    rows = (
        (
            capital(row.get_kind_display()),
            (
                day(row.signed_on),
                row.signatories,
                row.third_party,
                row.recorded_by.get_full_name(),
                known.paper_words(row.scan_id) or _("non scanné"),
            ),
        )
        for row in signed
    )
    table = listing(
        "agreements",
        _("Documents signés"),
        _("Document"),
        (_("Signé le"), _("Signataires"), _("Autre partie"), _("Enregistré par"), _("Document scanné")),
        rows,
    )
    asked = opening_agreements(asked_on(known.spells, known.on))
    absent = [kind.label for kind in asked if kind not in {row.kind for row in signed}]
    missing = _("Non signé à ce jour : %(what)s.") % {"what": ", ".join(absent)} if absent else ""
    return Section(_("Conventions et documents"), (table, _produced(known)), missing)


def _produced(known: InspectionFacts) -> Table:
    """The documents made for the person, numbered as in the archive, with the fingerprint of what was handed over."""
    rows = ((f"{one.reference}. {one.document.title}", _made(one)) for one in known.documents)
    columns = (_("Daté du"), _("Fait par"), _("Fichier"), _("Empreinte SHA-256"))
    return listing("documents", _("Documents faits pour ce dossier"), _("Document"), columns, rows)


def _made(made: Made) -> tuple[str, ...]:
    row = made.document
    return day(row.dated_on), row.made_by.get_full_name(), f"{STATE_WORDS[made.state]}{_size(row.size)}", row.sha256


def _size(size: int) -> str:
    return _(" (%(size)s Ko)") % {"size": number_words(max(1, round(size / 1024)))} if size else ""


def papers(known: InspectionFacts) -> Section:
    """Every paper, numbered as in the archive, with its fingerprint."""
    table = listing(
        "papers",
        _("Pièces du dossier"),
        _("Pièce"),
        (_("Datée du"), _("Ce qu’elle prouve"), _("Ajoutée"), _("Fichier"), _("Empreinte SHA-256")),
        (_paper(paper) for paper in known.papers),
    )
    return Section(
        _("Pièces"),
        (table,),
        _(
            "Les fichiers sont joints à l’archive sous le même numéro. "
            "Les documents faits pour ce dossier le sont sous le leur : D1, D2…"
        ),
    )


def _paper(paper: Paper) -> tuple[str, tuple[str, ...]]:
    row = paper.evidence
    label = f"{paper.number}. {capital(row.get_kind_display())}" + (f" ({row.label})" if row.label else "")
    added = _("le %(date)s par %(who)s") % {
        "date": moment(row.created_at)[:10],
        "who": row.uploaded_by.get_full_name(),
    }
    return label, (
        day(row.dated_on),
        " ; ".join(paper.proves),
        added,
        f"{STATE_WORDS[paper.state]}{_size(row.size)}",
        row.sha256,
    )
