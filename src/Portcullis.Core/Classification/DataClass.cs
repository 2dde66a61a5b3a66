namespace Portcullis.Core.Classification;

/// <summary>A kind of protected value: recognised by the field's name, by the value's own form, or by both.</summary>
public abstract class DataClass
{
    /// <summary>Stable id, for example <c>phone</c>.</summary>
    public abstract string Id { get; }

    /// <summary>Bit in data-class sets, 0–63; frozen for ever, because journals carry it.</summary>
    public abstract byte Bit { get; }

    /// <summary>What it tells of a person.</summary>
    public abstract DataClassKind Kind { get; }

    /// <summary>This class as a one-bit set.</summary>
    public ulong Mask => 1UL << Bit;

    /// <summary>Field names that carry it, normalised: lower case, letters and digits only (<c>birthdate</c>, <c>dateofbirth</c>).</summary>
    public abstract IReadOnlyList<string> FieldNames { get; }

    /// <summary>True when a value under one of <see cref="FieldNames"/> is plausible; the loose test.</summary>
    public abstract bool IsPlausible(ReadOnlySpan<byte> value);

    /// <summary>True when the value alone, under any name, is this class beyond doubt (a checksum, a full e-mail address); the strict test.</summary>
    public abstract bool IsCertain(ReadOnlySpan<byte> value);

    /// <summary>Values that must match when under a listed field name.</summary>
    public abstract IReadOnlyList<string> Examples { get; }

    /// <summary>Values that must not match under any name.</summary>
    public abstract IReadOnlyList<string> CounterExamples { get; }
}
