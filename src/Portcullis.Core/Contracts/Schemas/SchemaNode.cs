using System.Collections.Frozen;
using Portcullis.Core.Hashing;
using Portcullis.Core.Json;
using Portcullis.Core.Routing;

namespace Portcullis.Core.Contracts.Schemas;

/// <summary>One schema, compiled: every keyword resolved, nothing left to look up by string. Written once, while its contract loads.</summary>
internal sealed class SchemaNode
{
    public SchemaTypes Types { get; set; } = SchemaTypes.All;

    /// <summary>The schema <c>false</c>: nothing fits.</summary>
    public bool AdmitsNothing { get; set; }

    /// <summary>Null fits whatever the other keywords say (<c>nullable</c> beside combinations).</summary>
    public bool AdmitsNull { get; set; }

    /// <summary>Keys of the values of enum or const; null when any value fits.</summary>
    public FrozenSet<Key128>? Values { get; set; }

    public JsonNumber? Minimum { get; set; }

    public JsonNumber? Maximum { get; set; }

    public bool ExcludesMinimum { get; set; }

    public bool ExcludesMaximum { get; set; }

    public JsonNumber? MultipleOf { get; set; }

    /// <summary>In code points.</summary>
    public int MinLength { get; set; }

    public int MaxLength { get; set; } = int.MaxValue;

    public TextPattern? Pattern { get; set; }

    public TextFormat Format { get; set; }

    /// <summary>Members by name: those with a schema and those only required.</summary>
    public Utf8Table<SchemaMember> Members { get; set; } = Utf8Table<SchemaMember>.Empty;

    /// <summary>How many members a request must have; members that are readOnly are not counted.</summary>
    public int RequiredInRequest { get; set; }

    /// <summary>How many members an answer must have; members that are writeOnly are not counted.</summary>
    public int RequiredInResponse { get; set; }

    public KeyValuePair<TextPattern, SchemaNode>[] MemberPatterns { get; set; } = [];

    /// <summary>For members neither named nor matched by a pattern; null when they may be anything.</summary>
    public SchemaNode? OtherMembers { get; set; }

    /// <summary>True when the contract says in so many words that other members may come.</summary>
    public bool InvitesOtherMembers { get; set; }

    public SchemaNode? MemberNames { get; set; }

    public int MinMembers { get; set; }

    public int MaxMembers { get; set; } = int.MaxValue;

    public SchemaNode[] FirstItems { get; set; } = [];

    public SchemaNode? Items { get; set; }

    public SchemaNode? Contains { get; set; }

    public int MinContains { get; set; } = 1;

    public int MaxContains { get; set; } = int.MaxValue;

    public int MinItems { get; set; }

    public int MaxItems { get; set; } = int.MaxValue;

    public bool HasUniqueItems { get; set; }

    public SchemaNode[] AllOf { get; set; } = [];

    public SchemaNode[] AnyOf { get; set; } = [];

    public SchemaNode[] OneOf { get; set; } = [];

    public SchemaNode? Not { get; set; }

    public SchemaNode? If { get; set; }

    public SchemaNode? Then { get; set; }

    public SchemaNode? Else { get; set; }

    /// <summary>Only answers may carry it.</summary>
    public bool IsReadOnly { get; set; }

    /// <summary>Only requests may carry it.</summary>
    public bool IsWriteOnly { get; set; }

    /// <summary>Schemas that must hold for the same value; a chain of them that comes back to itself is refused at load.</summary>
    public IEnumerable<SchemaNode> InPlace =>
        [.. AllOf, .. AnyOf, .. OneOf, .. new[] { Not, If, Then, Else }.OfType<SchemaNode>()];
}
