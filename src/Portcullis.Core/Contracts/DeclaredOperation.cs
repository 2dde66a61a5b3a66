namespace Portcullis.Core.Contracts;

/// <summary>One operation of a contract.</summary>
public sealed record DeclaredOperation
{
    /// <summary>Upper case.</summary>
    public required string Method { get; init; }

    /// <summary>Path template, the servers' base path included.</summary>
    public required string Template { get; init; }

    /// <summary><c>METHOD /template</c>.</summary>
    public string Id => $"{Method} {Template}";

    /// <summary>The contract's own operationId; empty without.</summary>
    public string Name { get; init; } = "";

    /// <summary>Template parameters in template order.</summary>
    public required string[] ParameterNames { get; init; }

    public IReadOnlyList<DeclaredParameter> Parameters { get; init; } = [];

    /// <summary>True when the contract asks for credentials and none of its alternatives is anonymous.</summary>
    public bool RequiresAuthentication { get; init; }

    /// <summary>True when the contract says anything of credentials, be it that none are needed.</summary>
    public bool DeclaresSecurity { get; init; }

    /// <summary>Scopes of the first alternative.</summary>
    public string[] SecurityScopes { get; init; } = [];

    public required ContractPlan Contract { get; init; }

    /// <summary>Data classes that members of success answers carry by their names, one bit each.</summary>
    public ulong DeclaredClasses { get; init; }

    /// <summary>Names of all members of success answers, without repetition.</summary>
    public IReadOnlyList<string> ResponseFields { get; init; } = [];

    /// <summary>Names of all members of request bodies, without repetition.</summary>
    public IReadOnlyList<string> RequestFields { get; init; } = [];

    /// <summary>True when a success answer is, or directly holds, a list of objects.</summary>
    public bool ReturnsMany { get; init; }

    /// <summary>True when a request body holds a list without a longest length.</summary>
    public bool TakesUnboundedList { get; init; }

    public bool IsDeprecated { get; init; }

    /// <summary>Login, sign-up, token and password operations: they must be open to callers without credentials.</summary>
    public bool IsLoginLike { get; init; }
}
