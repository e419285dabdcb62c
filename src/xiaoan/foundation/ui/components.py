"""Template tags with declared props: a component is a dataclass and a template of the same name.

    @element
    class Chip:
        label: Words
        tone: Literal["neutral", "accent"] = "neutral"

gives `{% chip label=… tone=… %}`, rendered by `templates/ui/chip.html`. A `@layout` also has a body:
`{% card title=… %}…{% endcard %}`, in its template as `content`. A component sees its props (and itself
as `this`, for what it works out), nothing else of the page. An unknown or missing prop is an error when
the template is compiled, a value outside a `Literal` when it is rendered; both name what is accepted.
"""

import re
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from typing import Any, Literal, TypeVar, dataclass_transform, get_args, get_origin, get_type_hints

from django.template import Context, Library, TemplateSyntaxError
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.utils.safestring import SafeString

Props = TypeVar("Props")


@dataclass(frozen=True)
class Component:
    """What the tag library knows of a component."""

    name: str
    props: type
    has_body: bool
    accepted: tuple[str, ...]
    required: frozenset[str]
    choices: dict[str, tuple[str, ...]]

    @property
    def template(self) -> str:
        """Path of the template."""
        return f"ui/{self.name}.html"

    def check_names(self, given: set[str]) -> None:
        """Refuse props that are not declared, and ask for those without a default."""
        if unknown := sorted(given - set(self.accepted)):
            raise TemplateSyntaxError(
                f"{{% {self.name} %}} has no prop {', '.join(unknown)}; it accepts: {', '.join(self.accepted)}"
            )
        if missing := sorted(self.required - given):
            raise TemplateSyntaxError(f"{{% {self.name} %}} needs: {', '.join(missing)}")

    def fill(self, values: dict[str, Any]) -> object:
        """The props as an object, its closed choices checked."""
        for name, allowed in self.choices.items():
            if name in values and values[name] not in allowed:
                raise TemplateSyntaxError(
                    f"{{% {self.name} {name}={values[name]!r} %}}: accepted are {', '.join(map(str, allowed))}"
                )
        return self.props(**values)


REGISTERED: dict[str, Component] = {}


@dataclass_transform(frozen_default=True)
def element(props: type[Props]) -> type[Props]:
    """Declare a component without a body."""
    return _declare(props, has_body=False)


@dataclass_transform(frozen_default=True)
def layout(props: type[Props]) -> type[Props]:
    """Declare a component around a body."""
    return _declare(props, has_body=True)


def _declare(props: type[Props], *, has_body: bool) -> type[Props]:
    """Make the class a frozen dataclass and put it on the list."""
    frozen = dataclass(frozen=True)(props)
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", props.__name__).lower()
    declared = fields(frozen)  # type: ignore[arg-type]  # a dataclass since the line above
    hints = get_type_hints(frozen)
    REGISTERED[name] = Component(
        name=name,
        props=frozen,
        has_body=has_body,
        accepted=tuple(field.name for field in declared),
        required=frozenset(
            field.name for field in declared if field.default is MISSING and field.default_factory is MISSING
        ),
        choices={key: get_args(hint) for key, hint in hints.items() if get_origin(hint) is Literal},
    )
    return frozen


class ComponentNode(Node):
    """One use of a component in a template."""

    def __init__(self, component: Component, given: dict[str, FilterExpression], body: NodeList) -> None:
        self.component = component
        self.given = given
        self.nodelist = body

    def render(self, context: Context) -> SafeString:
        """The component's template, filled with the props and the rendered body."""
        props = self.component.fill({name: value.resolve(context) for name, value in self.given.items()})
        inner = {**vars(props), "this": props}
        if self.component.has_body:
            inner["content"] = self.nodelist.render(context)
        template = context.template.engine.get_template(self.component.template)  # type: ignore[union-attr]
        # The newlines around a template must not become a space between words.
        return SafeString(template.render(context.new(inner)).strip("\n"))


def _tag(component: Component) -> Callable[[Parser, Token], ComponentNode]:
    """The compile function of a component's tag."""

    def compile_tag(parser: Parser, token: Token) -> ComponentNode:
        words = token.split_contents()[1:]
        given = token_kwargs(words, parser)
        if words:
            raise TemplateSyntaxError(
                f"{{% {component.name} %}}: write props as name=value, not {words[0]!r}"
            )
        component.check_names(set(given))
        body = NodeList()
        if component.has_body:
            body = parser.parse((f"end{component.name}",))
            parser.delete_first_token()
        return ComponentNode(component, given, body)

    return compile_tag


def register_components(library: Library) -> None:
    """Offer every declared component as a tag."""
    for component in REGISTERED.values():
        library.tag(component.name, _tag(component))
