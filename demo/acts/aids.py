"""Hiring aids of the demonstration: some of the pilot's contracts name one that held on their first day."""

from placements.models import Employment, HiringAid

#: one contract in three has an aid, as far as the coaches wrote it down
ONE_IN = 3
#: what the firms of the pilot ask for most, by turns
USUAL = ("IMPULSION_12", "AVIQ_INTEGRATION", "IMPULSION_25", "TREMPLIN_24", "SESAM", "INCITANT_12", "INCITANT_24")


def add_aids() -> int:
    """Note an aid on a third of the contracts of employment, in bulk like the pilot itself; return how many."""
    versions = list(HiringAid.objects.filter(code__in=USUAL).order_by("code", "starts_on"))
    changed = []
    jobs = Employment.objects.effective().filter(contract_type__in=("CDI", "CDD")).order_by("starts_on", "pk")
    for number, job in enumerate(jobs):
        if number % ONE_IN:
            continue
        turn = number // ONE_IN
        wanted = [USUAL[(turn + step) % len(USUAL)] for step in range(len(USUAL))]
        held = {aid.code: aid for aid in versions if aid.holds_on(job.starts_on)}
        job.aid = next((held[code] for code in wanted if code in held), None)
        changed.append(job)
    Employment.objects.bulk_update(changed, ["aid"], batch_size=500)
    return len(changed)
