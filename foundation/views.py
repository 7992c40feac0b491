"""Bases of the pages: a title, lists by pages, partial answers for htmx, and forms that perform one act.

Thin by design: a view parses, calls a service or a selector, and renders.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise, cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from django.views.generic.base import ContextMixin
from django_filters.views import FilterMixin

from foundation.choosing import make_asked
from foundation.errors import DomainError
from foundation.filters import ListFilter
from foundation.forms import AncrageForm, FormBehaviour
from foundation.kept_files import files_of, forget_files, keep_files
from foundation.kept_words import KeptWords, forget
from foundation.keyset import KeyPage, SortKey
from foundation.sent_forms import SentOnceMixin, answer_again, sending_of
from foundation.undoing import undone_by
from foundation.ways import Way

PAGE_SIZE = 50


def paginate(request: HttpRequest, rows: Any, per_page: int = PAGE_SIZE) -> Page:
    """Return the page of ``rows`` that ``?page=`` asks for; a page that does not exist is the nearest that does.

    ``rows`` is an ordered queryset or a list. Show it with ``{% pagination page_obj %}``, which keeps the other
    parameters of the address.
    """
    return Paginator(rows, per_page).get_page(request.GET.get("page"))


def paginate_by_key(
    request: HttpRequest,
    rows: QuerySet[Any],
    keys: Sequence[SortKey],
    per_page: int = PAGE_SIZE,
    whole: QuerySet[Any] | None = None,
) -> KeyPage:
    """Return the page of ``rows`` that the address asks for by key: for lists that grow. Shown likewise.

    ``whole`` are the rows without the filters: whichever the address names is found there.
    """
    return KeyPage(rows, keys, request.GET, per_page, whole).read()


def safe_next(request: HttpRequest) -> str:
    """Return the ``next`` address of the request when it stays on this site, else an empty string."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return asked
    return ""


class PageMixin(ContextMixin):
    """A page with a title (the ``<title>`` and the one ``h1``), an optional lead, and the way back.

    ``page_title``, ``page_lead`` and ``leads_to`` (where the page comes from and goes back to) are attributes, or the
    methods of the same name with ``get_`` before it when they depend on the request.
    """

    request: HttpRequest
    page_title: str | Promise = ""
    page_lead: str | Promise = ""
    leads_to: Way | None = None

    def get_page_title(self) -> str | Promise:
        return self.page_title

    def get_page_lead(self) -> str | Promise:
        """One sentence under the title, or an empty string."""
        return self.page_lead

    def get_leads_to(self) -> Way | None:
        """Where the page comes from and goes back to."""
        return self.leads_to

    def get_back(self) -> tuple[str, str | Promise] | None:
        """Where the link above the title leads, and its words."""
        way = self.get_leads_to()
        words = way.words_on(self) if way else ""
        return (self._address(way, way.next_wins), words) if way and words else None

    def _address(self, way: Way, next_wins: bool) -> str:
        return (safe_next(self.request) if next_wins else "") or way.address(self)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the title, the lead and the way back to the context."""
        context = super().get_context_data(**kwargs)
        context.setdefault("page_title", self.get_page_title())
        context.setdefault("page_lead", self.get_page_lead())
        context.setdefault("back", self.get_back())
        return context


class PartialMixin:
    """The same address gives the whole page, or its ``partial_template_name`` when htmx asks for a part of it.

    A request that restores the history of the browser, or a boosted link, gets the whole page.
    """

    request: HttpRequest
    partial_template_name = ""

    def wants_partial(self) -> bool:
        """Whether this request expects only the part."""
        htmx = self.request.htmx  # type: ignore[attr-defined]
        return bool(self.partial_template_name and htmx and not htmx.boosted and not htmx.history_restore_request)

    def get_template_names(self) -> list[str]:
        """Choose between the part and the page."""
        if self.wants_partial():
            return [self.partial_template_name]
        names: list[str] = super().get_template_names()  # type: ignore[misc]
        return names

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Render, and tell caches that the answer depends on who asks."""
        response: HttpResponse = super().render_to_response(context, **kwargs)  # type: ignore[misc]
        if self.partial_template_name:
            patch_vary_headers(response, ["HX-Request"])
        return response


class PageView(PageMixin, TemplateView):
    """A page that shows, with a title."""


class FilteredListMixin(FilterMixin, ContextMixin):
    """A list by pages that the address narrows, and from which each chosen filter can be taken away.

    Give ``filterset_class`` (a :class:`ListFilter`) and :meth:`get_queryset`, in order.
    """

    request: HttpRequest
    per_page = PAGE_SIZE
    keys: Sequence[SortKey] = ()

    def get_queryset(self) -> Any:
        """Every row that the user may see, in order."""
        raise NotImplementedError

    def get_filterset_kwargs(self, filterset_class: Any) -> dict[str, Any]:
        """Bind the filters even when nothing is asked: some hold by default."""
        return {"data": self.request.GET, "request": self.request, "queryset": self.get_queryset()}

    @cached_property
    def filters(self) -> ListFilter:
        """The filters of the address."""
        found: ListFilter = self.get_filterset(self.get_filterset_class())
        return found

    def get_found(self) -> Any:
        """What the pages are made of: the rows that the filters leave."""
        return self.filters.qs

    def get_keys(self) -> Sequence[SortKey]:
        """The order by which a list that grows is read; none for one that is read by numbers of pages."""
        return self.keys

    def get_page(self) -> Any:
        """The page of the address."""
        keys, found = self.get_keys(), self.get_found()
        if keys:
            return paginate_by_key(self.request, found, keys, self.per_page, self.get_queryset())
        return paginate(self.request, found, self.per_page)

    def get_rows(self, page: list[Any]) -> list[Any]:
        """What the template shows of the rows of one page."""
        return page

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form of the filters, their tags, and the page of rows."""
        page = self.get_page()
        return super().get_context_data(
            filter_form=self.filters.form,
            tags=self.filters.tags(),
            clear_url=self.filters.clear_url,
            page_obj=page,
            rows=self.get_rows(list(page)),
            **kwargs,
        )


class ActFormView(PageMixin, SentOnceMixin, FormView):
    """A page that performs one act: form, service, message, redirect.

    Implement :meth:`act`; it calls the service with ``form.cleaned_data`` and returns what the service returns, kept in
    ``self.result``. A :class:`DomainError` becomes an error of the form and the page is shown again with status 422,
    every typed value in its place.

    « Annuler » and success lead to ``leads_to``, unless the request has a safe ``next``: the filters of a list survive
    the way back. ``after`` is for an act that leads elsewhere, mostly to what it made (``"result.pk"``); a page that
    ``stays`` is shown again once saved, and has nothing to cancel.
    """

    template_name = "forms/page.html"
    success_message: str | Promise = ""
    submit_label: str | Promise = _("Enregistrer")
    after: Way | None = None
    stays = False
    danger = False
    result: Any = None

    def act(self, form: Any) -> Any:
        """Perform the act by calling one service.

        Raises:
            DomainError: the rules refuse.
        """
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form; with what its user had typed in it when it could not be judged (see ``kept_words``)."""
        waiting = getattr(request, "kept", None)
        kept = waiting.words if waiting else None
        return self.give_back(kept) if kept else super().get(request, *args, **kwargs)

    def give_back(self, kept: KeptWords) -> HttpResponse:
        """Show the form as it was sent, judged by nobody yet."""
        request: Any = self.request
        request.kept.given_back = True
        # The page is drawn as after a refusal, so that each form, of whatever parts, shows all that was sent. The body
        # of this request, which is empty, is read first: it would replace the words.
        _nothing_sent = request.FILES
        request.POST, request.method = kept.as_sent(), "POST"
        try:
            form = self.get_form()
            form._errors = ErrorDict()
            form.cleaned_data = {}
            if isinstance(form, FormBehaviour):
                form.kept_files = keep_files(request, form)
            response: Any = self.render_to_response(self.get_context_data(form=form))
            return response.render()
        finally:
            request.method = "GET"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Add the files that were chosen before something else was refused."""
        kwargs = super().get_form_kwargs()
        return kwargs | {"files": files_of(self.request)} if "files" in kwargs else kwargs

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Perform the act; what the rules say already of a form with a wrong field is told in the same wave."""
        form = self.get_form()
        if form.is_valid():
            return self.form_valid(form)
        # A form sent to look for something to choose is not judged at all.
        if isinstance(form, FormBehaviour) and form.only_searches:
            made = make_asked(form)
            answer = self.form_invalid(form)
            answer.status_code = 200 if made else answer.status_code
            return answer
        for refusal in self.refused_besides(form):
            self.add_refusal(form, refusal)
        return self.form_invalid(form)

    def refused_besides(self, form: Any) -> Iterable[DomainError]:
        """What the rules refuse of the fields that could be read, while others are wrong."""
        return ()

    def form_valid(self, form: Any) -> HttpResponse:
        """Perform the act, then redirect; a refusal of the rules is shown in the form."""
        if self.tell_other_answers(form):
            return self.form_invalid(form)
        begun = timezone.now()
        try:
            with transaction.atomic():
                self.result = self.act(form)
                leads_to = self.get_success_url()
                self.remember_sent(self.result, leads_to, begun)
        except DomainError as error:
            # Two at once: the other one came first, and this one is refused for what it wrote.
            again = sending_of(self.request)
            if again.is_again and again.known:
                return answer_again(self.request, again.known)
            return self.form_refused(form, error)
        forget_files(self.request)
        forget(str(self.request.user.pk), self.request.path)
        message = self.get_success_message(form)
        if message:
            messages.success(self.request, str(message), extra_tags=undone_by(self.get_undo_url()))
        return HttpResponseRedirect(leads_to)

    def get_undo_url(self) -> str:
        """Where the act is undone, offered beside its message; nowhere by itself."""
        return ""

    def form_refused(self, form: Any, error: DomainError) -> HttpResponse:
        """A refusal of the rules is shown in the form."""
        self.add_refusal(form, error)
        return self.form_invalid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the form again, with nothing lost. 422 tells programs and htmx that nothing was written."""
        if isinstance(form, FormBehaviour):
            form.kept_files = keep_files(self.request, form)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def add_refusal(self, form: Any, error: DomainError) -> None:
        """Put a refusal of the rules into the form."""
        if isinstance(form, FormBehaviour):
            form.add_domain_error(error)
            return
        known: forms.BaseForm = form
        known.add_error(error.field if error.field in known.fields else None, f"{error.message} {error.hint}".strip())

    def get_success_message(self, form: Any) -> str | Promise:
        """What the next page announces; ``self.result`` holds what the service returned."""
        return self.success_message

    def get_success_url(self) -> str:
        """Where to go after the act.

        Raises:
            ImproperlyConfigured: the view declares no way.
        """
        if self.after:
            return self._address(self.after, self.after.next_wins)
        if self.stays:
            return safe_next(self.request) or self.request.path
        way = self.get_leads_to()
        if way is None:
            raise ImproperlyConfigured(f"{type(self).__name__} leads nowhere: give leads_to, after or stays.")
        return self._address(way, next_wins=True)

    def get_cancel_url(self) -> str:
        """Where « Annuler » leads; no link when empty."""
        way = None if self.stays else self.get_leads_to()
        return self._address(way, next_wins=True) if way else safe_next(self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Tell the form its words and its way out; pages that write their own ``<form>`` find them too."""
        context = super().get_context_data(**kwargs)
        context.setdefault("submit_label", self.submit_label)
        context.setdefault("cancel_url", self.get_cancel_url())
        context.setdefault("next_url", safe_next(self.request))
        context.setdefault("danger", self.danger)
        form = context["form"]
        # A form sent by GET is a question that comes before the act, and has its own button.
        if isinstance(form, FormBehaviour) and form.helper.form_method == "post":
            form.helper.tell(
                submit=context["submit_label"],
                cancel=context["cancel_url"],
                next_url=context["next_url"],
                danger=context["danger"],
            )
        return context


class ConfirmActView(ActFormView):
    """Asks once before an act that is hard to undo: says what will happen, then one button.

    Give ``page_title`` (the question), ``consequences`` (short sentences) and ``submit_label`` (the verb of the act).
    """

    template_name = "forms/confirm.html"
    form_class = AncrageForm
    danger = True
    consequences: tuple[str | Promise, ...] = ()

    def get_consequences(self) -> tuple[str | Promise, ...]:
        """The sentences that say what will happen."""
        return self.consequences

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context.setdefault("consequences", self.get_consequences())
        return context
