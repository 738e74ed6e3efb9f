"""Pointer arithmetic for compiled code, which numba leaves out."""
# mypy: disable-error-code="untyped-decorator, no-untyped-def, no-untyped-call"
# ruff: noqa: ANN001, ANN201, ANN202

from __future__ import annotations

from numba import types
from numba.extending import intrinsic


@intrinsic
def shifted(typing_context, pointer, offset):
    """Return the pointer to the entry `offset` places on."""

    def generate(context, builder, signature, arguments):
        return builder.gep(arguments[0], [arguments[1]])

    return pointer(pointer, types.int64), generate


@intrinsic
def pointer_to(typing_context, array):
    """Return the pointer to the first entry of an array, which the caller of the compiled code keeps alive."""

    def generate(context, builder, signature, arguments):
        return context.make_array(array)(context, builder, arguments[0]).data

    return types.CPointer(array.dtype)(array), generate
