"""Our own tables and the candidates of others, put together into one taxonomy.

Two names are one skill where their keys are the same, and ours wins: the candidate's names then link to our skill. The
rest become skills of their own, by the name of the source that comes first.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from jobtracker.skills.model import SkillKind
from jobtracker.skills.taxonomy import Name
from tools.taxonomy import rules
from tools.taxonomy.candidates import Candidate, Imported, Source
from tools.taxonomy.names import as_noun, bare, key, product_names, title, words_of
from tools.taxonomy.tables import Row, slug

_KINDS = {
    Source.ONET_TECHNOLOGY: SkillKind.TOOL,
    Source.LINGUIST: SkillKind.TOOL,
    Source.ONET_SKILL: SkillKind.PRACTICE,
    Source.ONET_KNOWLEDGE: SkillKind.KNOWLEDGE,
    Source.ESCO_KNOWLEDGE: SkillKind.KNOWLEDGE,
    Source.ESCO_LANGUAGE: SkillKind.LANGUAGE,
    Source.ESCO_SKILL: SkillKind.PRACTICE,
    Source.ESCO_ATTITUDE: SkillKind.SOFT,
}
_DOING = {Source.ESCO_SKILL, Source.ESCO_ATTITUDE}
# "understand spoken Basque" is Basque.
_OF_A_LANGUAGE = ("understand spoken ", "understand written ", "interact verbally in ", "write ")
OWN = "own"
_SHORTEST_ID = 2
_LEAST_USES = 2


@dataclass(slots=True)
class Merged:
    """A skill in the making: the names to look for, the names that link to it, and where it is from."""

    id: str
    name: str
    kind: SkillKind
    source: str
    found: list[Name] = field(default_factory=list)
    linking: dict[str, None] = field(default_factory=dict)
    parents: tuple[str, ...] = ()
    related: list[str] = field(default_factory=list)
    cluster: int = 0


@dataclass(slots=True)
class Report:
    """How many candidates went which way."""

    own: Counter[str] = field(default_factory=Counter)
    joined: Counter[str] = field(default_factory=Counter)
    new: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    linking: Counter[str] = field(default_factory=Counter)


class Merging:
    """The taxonomy while it is put together."""

    def __init__(self, own: Iterable[Row], imported: Imported) -> None:
        self.imported = imported
        self.stop = rules.stopped()
        self.skills: dict[str, Merged] = {}
        self.report = Report()
        self._by_key: dict[str, str] = {}
        self._exactly: dict[str, str] = {}
        self._spelled: set[str] = set()
        self._own_names: set[str] = set()
        for row in own:
            self._add_own(row)
        of: dict[str, str] = {}
        for one in sorted(imported.candidates, key=_precedence):
            if (skill := self._place(one)) is not None:
                of.setdefault(one.name, skill.id)
        self._link_labels()
        self._relate(of)

    def _add_own(self, row: Row) -> None:
        self.skills[row.id] = Merged(
            row.id, row.names[0].text, row.kind, OWN, list(row.names), parents=row.parents, cluster=row.cluster
        )
        self.report.own["skills"] += 1
        for at, name in enumerate(row.names):
            self._spelled.add(name.text.casefold())
            self._own_names.add(" ".join(words_of(name.text.lower())))
            self._exactly.setdefault(name.text, row.id)
            # What is ambiguous is known by its own case only.
            if not name.exact or not name.text.isalpha() or len(words_of(name.text)) > 1:
                if at:
                    self._by_key.setdefault(key(name.text), row.id)
                else:
                    self._by_key[key(name.text)] = row.id

    def _place(self, one: Candidate) -> Merged | None:
        """The skill that a candidate is, which may be a new one; None for what has no id of its own."""
        if one.source is Source.ESCO_LANGUAGE and (spoken := _language(one.name)) is not None:
            one = Candidate(one.source, spoken, (one.name, *one.others))
        names = self._names(one)
        same = next((skill for name in names if (skill := self._known(name, one)) is not None), None)
        if same is None:
            same = self._new(one, names)
            if same is None:
                return None
        else:
            self.report.joined[one.source] += 1
        self._look_for(same, one, names)
        same.linking |= dict.fromkeys(self._linking_names(one, names))
        return same

    def _names(self, one: Candidate) -> list[str]:
        """What a candidate is called, the fullest first. A product without its maker may be a word, and is left out."""
        if one.source not in rules.PRODUCTS:
            noun = as_noun(one.name) if one.source in _DOING else None
            return list(dict.fromkeys([one.name, bare(one.name), *([noun] if noun else [])]))
        first, *more = product_names(one.name)
        known = (name for name in more if name in self._exactly or not rules.is_a_word(name, self.imported.words))
        return [first, *known]

    def _known(self, name: str, one: Candidate) -> Merged | None:
        found = self._exactly.get(name) or self._by_key.get(key(name))
        if found is None:
            return None
        skill = self.skills[found]
        # What is left of a product's name may be something that people do.
        cut = one.source in rules.PRODUCTS and name != one.name
        return skill if not cut or skill.kind in {SkillKind.TOOL, SkillKind.KNOWLEDGE} else None

    def _new(self, one: Candidate, names: list[str]) -> Merged | None:
        name = bare(one.name) if one.source is not Source.ONET_TECHNOLOGY else title(one.name)
        if len(skill_id := slug(name)) < _SHORTEST_ID:
            self.report.dropped[f"{one.source}: a name of one letter"] += 1
            return None
        if skill_id in self.skills:
            self.report.dropped[f"{one.source}: another skill's id, though not its name"] += 1
            return None
        if one.source is Source.ONET_TECHNOLOGY and one.uses < _LEAST_USES and not any(self._findable(one, names)):
            self.report.dropped[f"{one.source}: of one occupation, and not to be looked for"] += 1
            return None
        kind = _KINDS[one.source]
        if self._is_product(one):
            kind = SkillKind.TOOL
        skill = self.skills[skill_id] = Merged(skill_id, name, kind, one.source)
        # "Personnel management software" is no "personnel management".
        whole = names[:1] if rules.is_class(one.name, self.imported.words) else names
        for known in whole:
            self._by_key.setdefault(key(known), skill_id)
        self.report.new[one.source] += 1
        return skill

    def _is_product(self, one: Candidate) -> bool:
        """Whether a field of ESCO's knowledge is a product: "Oracle WebLogic"."""
        if one.source is not Source.ESCO_KNOWLEDGE or not any(letter.isupper() for letter in bare(one.name)):
            return False
        return rules.product(bare(one.name), one, self.imported.words) is not None

    def _look_for(self, skill: Merged, one: Candidate, names: list[str]) -> None:
        """Add the names that may be looked for in texts."""
        for name in self._findable(one, names):
            if name.text.casefold() in self._spelled:
                continue
            if name.text.casefold() in self.stop:
                self.report.dropped["looked for: in the stop table"] += 1
            elif self._has_own_inside(name.text):
                self.report.dropped["looked for: one of our names stands inside"] += 1
            else:
                self._spelled.add(name.text.casefold())
                skill.found.append(name)
                self.report.found[one.source] += 1

    def _linking_names(self, one: Candidate, names: list[str]) -> Iterator[str]:
        """The names that link to a candidate: a product's name of one word as it is written, all else in lower case.

        Linguist's other names are those of files, and another name that is one ordinary word may be any skill's.
        """
        named = one.source in rules.PRODUCTS or self._is_product(one)
        yield from (name if named and " " not in name else name.casefold() for name in names)
        if one.source is not Source.LINGUIST:
            others = (name for name in one.others if not rules.is_a_word(name, self.imported.words))
            yield from (name if named and " " not in name else name.casefold() for name in others)

    def _findable(self, one: Candidate, names: list[str]) -> Iterator[Name]:
        ordinary = self.imported.words
        if one.source is Source.ESCO_LANGUAGE:
            if one.name.isalpha() and one.name.istitle():
                yield Name(one.name, exact=True)
            return
        if one.source in rules.PRODUCTS or self._is_product(one):
            # Shorter names than these are words more often than products.
            may = [rules.product(name, one, ordinary) for name in names[:2]]
        elif one.source is Source.ESCO_KNOWLEDGE:
            may = [rules.knowledge(bare(one.name), ordinary)]
        else:
            return
        yield from (name for name in may if name is not None)

    def _has_own_inside(self, text: str) -> bool:
        """Whether one of our own names stands in it: finding the longer name would hide it."""
        words = words_of(text.lower())
        pieces = (" ".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1))
        return any(piece in self._own_names for piece in pieces if piece != " ".join(words))

    def _link_labels(self) -> None:
        """Give each name to one skill: to the one that it may be found as, else to the only one that has it."""
        # What is ambiguous in small letters links in its own case only.
        names = [name for skill in self.skills.values() for name in skill.found]
        own_case = {name.text.casefold() for name in names if name.exact}
        own_case -= {name.text.casefold() for name in names if not name.exact}
        named = {_linking(name): skill.id for skill in reversed(self.skills.values()) for name in skill.found}
        named |= {_linking(skill.found[0]): skill.id for skill in self.skills.values() if skill.found}
        owners: dict[str, set[str]] = defaultdict(set)
        for skill in self.skills.values():
            linking = [*skill.linking, *(_linking(name) for name in skill.found)]
            skill.linking = dict.fromkeys(name for name in linking if " " in name or name not in own_case)
            for name in skill.linking:
                owners[name].add(skill.id)
        for skill in self.skills.values():
            mine = [name for name in skill.linking if named.get(name, skill.id) == skill.id]
            alone = [name for name in mine if name in named or len(owners[name]) == 1 or name == skill.name.casefold()]
            self.report.dropped["linking: a name of several skills"] += len(skill.linking) - len(alone)
            self.report.linking[skill.source] += len(alone)
            skill.linking = dict.fromkeys(alone)

    def _relate(self, of: dict[str, str]) -> None:
        """Relations of technologies, both ways, among those that are not ours: ours have their clusters."""
        for one in self.imported.candidates:
            here = self.skills.get(of.get(one.name, ""))
            for other in one.related:
                there = self.skills.get(of.get(other, ""))
                if here and there and here is not there and OWN not in {here.source, there.source}:
                    for a, b in ((here, there), (there, here)):
                        if b.id not in a.related:
                            a.related.append(b.id)


def _precedence(one: Candidate) -> tuple[int, bool, int, str]:
    """Sources in their order; of O*NET's technologies, those in the widest use first."""
    order = [Source.LINGUIST, Source.ONET_TECHNOLOGY, Source.ESCO_LANGUAGE, Source.ESCO_KNOWLEDGE]
    order += [Source.ONET_KNOWLEDGE, Source.ONET_SKILL, Source.ESCO_SKILL, Source.ESCO_ATTITUDE]
    return order.index(one.source), not one.hot, -one.uses, one.name


def _linking(name: Name) -> str:
    return name.text if name.exact else name.text.casefold()


def _language(name: str) -> str | None:
    return next((name.removeprefix(said) for said in _OF_A_LANGUAGE if name.startswith(said)), None)


def skills(own: Iterable[Row], imported: Imported) -> tuple[list[Merged], Report]:
    """The whole taxonomy: our own skills in their order, then the others by id."""
    merging = Merging(own, imported)
    ours = [one for one in merging.skills.values() if one.source == OWN]
    others = sorted((one for one in merging.skills.values() if one.source != OWN), key=lambda one: one.id)
    return [*ours, *others], merging.report
