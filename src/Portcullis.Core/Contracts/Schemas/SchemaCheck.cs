using System.Buffers;
using System.Text;
using Portcullis.Core.Hashing;
using Portcullis.Core.Json;

namespace Portcullis.Core.Contracts.Schemas;

/// <summary>
/// Holds one JSON text to a schema. Steps are counted, so that no combination of alternatives costs more than a fixed multiple of
/// the text's size; a text that would is refused. Allocates nothing.
/// </summary>
internal ref struct SchemaCheck
{
    private const int StepsPerToken = 64;
    private const int FreeSteps = 10_000;
    private const int NamesPerStep = 16;

    private readonly JsonTape _tape;
    private readonly ReadOnlySpan<byte> _body;
    private readonly bool _isRequest;
    private long _steps;
    private int _speculation;
    private bool _mayHaveUndeclared;
    private SchemaViolation _violation;

    private SchemaCheck(JsonTape tape, ReadOnlySpan<byte> body, bool isRequest)
    {
        _tape = tape;
        _body = body;
        _isRequest = isRequest;
        _steps = FreeSteps + (long)StepsPerToken * tape.Count;
    }

    /// <summary>The first rule broken, or none. Members that some schema declares are marked on the tape.</summary>
    /// <param name="tape">Read from <paramref name="body"/> without fault.</param>
    /// <param name="body">The JSON text.</param>
    /// <param name="schema">What it must be.</param>
    /// <param name="isRequest">Requests carry nothing readOnly, answers nothing writeOnly.</param>
    /// <param name="mayHaveUndeclared">False when surely every member of an object whose members are listed is among them.</param>
    public static SchemaViolation Find(
        JsonTape tape,
        ReadOnlySpan<byte> body,
        SchemaNode schema,
        bool isRequest,
        out bool mayHaveUndeclared
    )
    {
        var check = new SchemaCheck(tape, body, isRequest);
        check.Holds(schema, 0);
        mayHaveUndeclared = check._mayHaveUndeclared;
        return check._violation;
    }

    private bool Holds(SchemaNode schema, int index)
    {
        if (--_steps < 0)
        {
            return RunsOut(index);
        }
        ref var token = ref _tape[index];
        if (schema.AdmitsNothing)
        {
            return Breaks(index, "false");
        }
        if (schema.AdmitsNull && token.Kind == JsonKind.Null)
        {
            return true;
        }
        var number = token.Kind == JsonKind.Number ? JsonNumber.Read(_tape.Text(_body, token)) : default;
        if ((schema.Types & TypeOf(token.Kind, number)) == 0)
        {
            return Breaks(index, "type");
        }
        if (schema.Values is { } values && !values.Contains(ValueKey.Of(_tape, _body, index)))
        {
            return Breaks(index, "enum");
        }
        var holds = token.Kind switch
        {
            JsonKind.Number => Report(index, ScalarCheck.OfNumber(schema, number)),
            JsonKind.String or JsonKind.Name => Report(index, ScalarCheck.OfText(schema, _tape.Text(_body, token))),
            JsonKind.Array => ArrayHolds(schema, index),
            JsonKind.Object => ObjectHolds(schema, index),
            _ => true,
        };
        return holds && CombinationHolds(schema, index);
    }

    private static SchemaTypes TypeOf(JsonKind kind, in JsonNumber number) =>
        kind switch
        {
            JsonKind.Null => SchemaTypes.Null,
            JsonKind.False or JsonKind.True => SchemaTypes.Boolean,
            JsonKind.Number => number.IsInteger ? SchemaTypes.Integer | SchemaTypes.Number : SchemaTypes.Number,
            JsonKind.Array => SchemaTypes.Array,
            JsonKind.Object => SchemaTypes.Object,
            _ => SchemaTypes.String,
        };

    private bool ObjectHolds(SchemaNode schema, int index)
    {
        ref var token = ref _tape[index];
        if (token.Count < schema.MinMembers || token.Count > schema.MaxMembers)
        {
            return Breaks(index, token.Count < schema.MinMembers ? "minProperties" : "maxProperties");
        }
        token.IsDeclared |= schema.Members.Count > 0 && !schema.InvitesOtherMembers;
        var required = 0;
        for (var name = index + 1; name < token.Next; name = _tape[name].Next)
        {
            if (schema.MemberNames is { } names && !Holds(names, name))
            {
                return false;
            }
            if (!MemberHolds(schema, name, ref required))
            {
                return false;
            }
        }
        return required == (_isRequest ? schema.RequiredInRequest : schema.RequiredInResponse) || Breaks(index, "required");
    }

    private bool MemberHolds(SchemaNode schema, int name, ref int required)
    {
        var text = _tape.Text(_body, _tape[name]);
        var isNamed = false;
        if (schema.Members.Find(text, _tape[name].Hash) is { } member)
        {
            var isForbidden = member.Schema is { } s && (_isRequest ? s.IsReadOnly : s.IsWriteOnly);
            if (isForbidden)
            {
                return Breaks(name, _isRequest ? "readOnly" : "writeOnly");
            }
            required += member.IsRequired ? 1 : 0;
            if (member.Schema is { } known)
            {
                isNamed = true;
                _tape[name].IsDeclared = true;
                if (!Holds(known, name + 1))
                {
                    return false;
                }
            }
        }
        foreach (var (pattern, matched) in schema.MemberPatterns)
        {
            if (pattern.Matches(text))
            {
                isNamed = true;
                _tape[name].IsDeclared = true;
                if (!Holds(matched, name + 1))
                {
                    return false;
                }
            }
        }
        if (!isNamed && _isRequest && schema.Members.Count > 0 && !TwinHolds(schema, name, text))
        {
            return false;
        }
        if (isNamed || schema.OtherMembers is not { } others)
        {
            _mayHaveUndeclared |= !isNamed;
            return true;
        }
        _tape[name].IsDeclared |= !others.AdmitsNothing;
        return others.AdmitsNothing ? Breaks(name, "additionalProperties") : Holds(others, name + 1);
    }

    // To ASP.NET Core and Go a name in another case is the declared one, and the last of both counts: each must be what the one must be.
    private bool TwinHolds(SchemaNode schema, int name, ReadOnlySpan<byte> text)
    {
        _steps -= schema.Members.Count / NamesPerStep;
        if (schema.Members.FindIgnoringCase(text) is not { Schema: { } twin })
        {
            return true;
        }
        return twin.IsReadOnly ? Breaks(name, "readOnly") : Holds(twin, name + 1);
    }

    private bool ArrayHolds(SchemaNode schema, int index)
    {
        ref var token = ref _tape[index];
        if (token.Count < schema.MinItems || token.Count > schema.MaxItems)
        {
            return Breaks(index, token.Count < schema.MinItems ? "minItems" : "maxItems");
        }
        var position = 0;
        for (var item = index + 1; item < token.Next; item = _tape[item].Next)
        {
            var expected = position < schema.FirstItems.Length ? schema.FirstItems[position] : schema.Items;
            if (expected is not null && !Holds(expected, item))
            {
                return false;
            }
            position++;
        }
        return ContainsHolds(schema, index) && (!schema.HasUniqueItems || token.Count < 2 || ItemsAreUnique(index));
    }

    private bool ContainsHolds(SchemaNode schema, int index)
    {
        if (schema.Contains is not { } contains)
        {
            return true;
        }
        var found = 0;
        _speculation++;
        for (var item = index + 1; item < _tape[index].Next; item = _tape[item].Next)
        {
            found += Holds(contains, item) ? 1 : 0;
        }
        EndSpeculation();
        return (found >= schema.MinContains && found <= schema.MaxContains) || Breaks(index, "contains");
    }

    private bool ItemsAreUnique(int index)
    {
        var count = _tape[index].Count;
        _steps -= count;
        if (_steps < 0)
        {
            return RunsOut(index);
        }
        var keys = ArrayPool<Key128>.Shared.Rent(count);
        var written = 0;
        for (var item = index + 1; item < _tape[index].Next; item = _tape[item].Next)
        {
            keys[written++] = ValueKey.Of(_tape, _body, item);
        }
        var span = keys.AsSpan(0, count);
        span.Sort();
        var isUnique = true;
        for (var i = 1; i < count; i++)
        {
            isUnique &= span[i] != span[i - 1];
        }
        ArrayPool<Key128>.Shared.Return(keys);
        return isUnique || Breaks(index, "uniqueItems");
    }

    private bool CombinationHolds(SchemaNode schema, int index)
    {
        foreach (var part in schema.AllOf)
        {
            if (!Holds(part, index))
            {
                return false;
            }
        }
        if (schema.AnyOf.Length > 0 && CountHolding(schema.AnyOf, index, int.MaxValue) == 0)
        {
            return Breaks(index, "anyOf");
        }
        if (schema.OneOf.Length > 0 && CountHolding(schema.OneOf, index, 2) != 1)
        {
            return Breaks(index, "oneOf");
        }
        if (schema.Not is { } not && IsHeldBy(not, index))
        {
            return Breaks(index, "not");
        }
        if (schema.If is { } condition)
        {
            var branch = IsHeldBy(condition, index) ? schema.Then : schema.Else;
            return branch is null || Holds(branch, index);
        }
        return _steps >= 0 || RunsOut(index);
    }

    private int CountHolding(SchemaNode[] alternatives, int index, int enough)
    {
        var holding = 0;
        foreach (var alternative in alternatives)
        {
            holding += IsHeldBy(alternative, index) ? 1 : 0;
            if (holding == enough)
            {
                break;
            }
        }
        return holding;
    }

    private bool IsHeldBy(SchemaNode schema, int index)
    {
        _speculation++;
        var holds = Holds(schema, index);
        EndSpeculation();
        return holds;
    }

    private void EndSpeculation() => _speculation = _steps < 0 ? 0 : _speculation - 1;

    // Final: no alternative may turn it into a pass.
    private bool RunsOut(int index)
    {
        _speculation = 0;
        return Breaks(index, "complexity");
    }

    private bool Report(int index, string? rule) => rule is null || Breaks(index, rule);

    private bool Breaks(int index, string rule)
    {
        // An alternative that failed half-way has left members unmarked.
        _mayHaveUndeclared = true;
        if (_speculation == 0 && _violation.IsNone)
        {
            _violation = new SchemaViolation(index, rule);
        }
        return false;
    }
}
