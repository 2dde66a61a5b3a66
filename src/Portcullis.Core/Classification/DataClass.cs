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

    /// <summary>Names that carry it only beside other personal data in the same object, because things have them too (<c>name</c>, <c>city</c>).</summary>
    public virtual IReadOnlyList<string> WeakFieldNames => [];

    /// <summary>True when the names also count at the end of a longer one (<c>customerEmail</c>, <c>billing_phone_number</c>).</summary>
    public virtual bool EndsCompoundNames => false;

    /// <summary>True when stores and companies have it too, so that it is nobody's in an object that is plainly one of theirs.</summary>
    public virtual bool IsSharedWithPlaces => false;

    /// <summary>True when it may be shown only where the operation declares it public: nobody ever needs it in an answer.</summary>
    public virtual bool NeverLeaves => false;

    /// <summary>Prefilter before <see cref="IsCertain"/>; null when no value alone is beyond doubt.</summary>
    public virtual ValueShape? CertainShape => null;

    /// <summary>True when a value under one of <see cref="FieldNames"/> is plausible; the loose test.</summary>
    public abstract bool IsPlausible(ReadOnlySpan<byte> value);

    /// <summary>True when the value alone, under any name, is this class beyond doubt (a checksum, a full e-mail address); the strict test.</summary>
    public abstract bool IsCertain(ReadOnlySpan<byte> value);

    /// <summary>
    /// Writes the one form in which equal values are equal bytes (an e-mail in lower case, a phone number as digits); returns its length.
    /// <paramref name="destination"/> has at least the value's length plus one.
    /// </summary>
    public virtual int Normalise(ReadOnlySpan<byte> value, Span<byte> destination)
    {
        var trimmed = value.Trim((byte)' ');
        trimmed.CopyTo(destination);
        return trimmed.Length;
    }

    /// <summary>Values that must match when under a listed field name.</summary>
    public abstract IReadOnlyList<string> Examples { get; }

    /// <summary>Values that must not match under any name.</summary>
    public abstract IReadOnlyList<string> CounterExamples { get; }
}
