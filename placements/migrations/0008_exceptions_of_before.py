from django.db import migrations
from django.utils import timezone

REASONS = {
    "ILLNESS": "maladie",
    "MATERNITY": "maternité, naissance",
    "TRAINING": "formation",
    "DETENTION": "détention",
    "FAMILY": "situation familiale grave",
    "OTHER": "autre motif",
}


def _asked(row, kind, **facts):
    """What every exception of before shares. Its answer is no news to anybody."""
    return {
        "organisation_id": row.case.organisation_id,
        "case_id": row.case_id,
        "kind": kind,
        "answer_read_on": facts.get("decided_on"),
        **facts,
    }


def _from_suspension(row):
    facts = {
        "reason": REASONS[row.reason],
        "document": row.evidence,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on_without_work if row.ended_by_work_id else row.ends_on,
        "requested_by_id": row.requested_by_id,
        "requested_on": timezone.localdate(row.created_at),
        "decided_by_id": row.decided_by_id,
        "decided_on": row.decided_on,
        "decision_note": row.decision_note,
        "state": row.state,
    }
    if row.state == "CANCELLED" and row.ended_by_work_id:
        # Work took its only days: the decision itself stands.
        facts["state"] = "APPROVED"
    elif row.state == "CANCELLED":
        facts |= {"state": "ENDED", "ended_by_id": row.decided_by_id, "ended_on": row.decided_on}
        facts |= {"end_reason": row.decision_note or "annulée", "decision_note": ""}
    return _asked(row, "SUSPENSION", **facts)


def _from_extension(row):
    facts = {"reason": row.reason, "document": row.document, "months": row.months, "state": "APPROVED"}
    facts |= {"requested_by_id": row.granted_by_id, "requested_on": row.granted_on}
    return _asked(row, "EXTENSION", **facts, decided_by_id=row.granted_by_id, decided_on=row.granted_on)


def _from_check(row):
    facts = {"reason": row.derogation_reason or "dérogation", "document": "décision de dérogation", "state": "APPROVED"}
    facts |= {"requested_by_id": row.checked_by_id, "requested_on": row.checked_on}
    return _asked(row, "DEROGATION", **facts, decided_by_id=row.checked_by_id, decided_on=row.checked_on)


def put_on_one_path(apps, schema_editor):
    """Write what was suspended, granted and derogated before as exceptions, each with the row that it led to."""
    request = apps.get_model("beneficiaries", "ExceptionRequest")
    for model, facts_of in (("ClockSuspension", _from_suspension), ("ClockExtension", _from_extension)):
        rows = apps.get_model("placements", model).objects.filter(request=None).select_related("case")
        for row in rows.order_by("pk").iterator(chunk_size=500):
            row.request = request.objects.create(**facts_of(row))
            row.save(update_fields=["request"])
    checks = apps.get_model("beneficiaries", "EligibilityCheck").objects.filter(is_derogation=True)
    known = set(request.objects.filter(kind="DEROGATION").values_list("case_id", flat=True))
    for check in checks.select_related("case").order_by("pk").iterator(chunk_size=500):
        if check.case_id not in known:
            request.objects.create(**_from_check(check))


class Migration(migrations.Migration):
    dependencies = [("placements", "0007_exceptions")]

    operations = [migrations.RunPython(put_on_one_path, migrations.RunPython.noop)]
