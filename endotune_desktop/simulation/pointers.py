"""Pointer arithmetic for compiled code, and calls of compiled code by its address, which numba leaves out.

Handing over numba's own function objects costs some fifty microseconds each at every call from Python; an address is a
number.
"""
# mypy: disable-error-code="untyped-decorator, no-untyped-def, no-untyped-call"
# ruff: noqa: ANN001, ANN201, ANN202

from __future__ import annotations

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

_POINTER = types.CPointer(types.float64)


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


def _call(context, builder, signature, arguments):
    """Write the call of the C function at an address."""
    address, *others = arguments
    kind = ir.FunctionType(ir.VoidType(), [argument.type for argument in others])
    builder.call(builder.inttoptr(address, kind.as_pointer()), others)
    return context.get_dummy_value()


@intrinsic
def call_settle(typing_context, address, p, q):
    """Compute what depends on constants."""
    return types.none(types.int64, _POINTER, _POINTER), _call


@intrinsic
def call_tick(typing_context, address, t, q):
    """Compute what depends on time."""
    return types.none(types.int64, types.float64, _POINTER), _call


@intrinsic
def call_rates(typing_context, address, y, q, dy):
    """Compute the rates, or the markers."""
    return types.none(types.int64, _POINTER, _POINTER, _POINTER), _call


@intrinsic
def call_linearised(typing_context, address, t, y, q, dy, jacobian, dt):
    """Compute the rates and their derivatives."""
    return types.none(types.int64, types.float64, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER), _call


@intrinsic
def call_factor(typing_context, address, jacobian, shift, lu):
    """Factorise."""
    return types.none(types.int64, _POINTER, types.float64, _POINTER), _call


@intrinsic
def call_solve(typing_context, address, lu, b):
    """Solve in place."""
    return types.none(types.int64, _POINTER, _POINTER), _call
