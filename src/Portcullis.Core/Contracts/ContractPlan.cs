using Portcullis.Core.Contracts.Checks;
using Portcullis.Core.Routing;

namespace Portcullis.Core.Contracts;

/// <summary>One operation of a contract, compiled to validators of parameters, request bodies and answers.</summary>
public sealed class ContractPlan
{
    /// <summary>Most declared query parameters of one operation.</summary>
    internal const int MaxQueryParameters = 256;

    /// <summary>By position in the template; null where the contract says nothing of one.</summary>
    internal ParameterPlan?[] Path { get; init; } = [];

    internal ParameterPlan[] Query { get; init; } = [];

    internal Utf8Table<ParameterPlan> QueryByName { get; init; } = Utf8Table<ParameterPlan>.Empty;

    /// <summary>True when members of an object stand in the query as parameters of their own, so that other names are not foreign.</summary>
    internal bool HasOpenQuery { get; init; }

    internal ParameterPlan[] Headers { get; init; } = [];

    internal ParameterPlan[] Cookies { get; init; } = [];

    /// <summary>Declared media types of the request body; null when no body is declared.</summary>
    internal BodyPlan[]? RequestBodies { get; init; }

    internal bool RequiresRequestBody { get; init; }

    internal ResponsePlan[] Responses { get; init; } = [];

    /// <summary>True when the request body must be buffered to be judged.</summary>
    public bool NeedsRequestBody { get; init; }

    /// <summary>True when an answer must be read to be held to the contract: all but those of a declared type that has no schema.</summary>
    internal bool HoldsAnswer(int status, string? contentType)
    {
        if (Responses.Length == 0)
        {
            return false;
        }
        if (FindResponse(status) is not { } response)
        {
            return status < 400;
        }
        var type = BodyPlan.Bare(contentType);
        return response.Bodies.Length > 0
            && (BodyPlan.Find(response.Bodies, type) is not { } body || (body.Schema is not null && BodyPlan.IsJson(type)));
    }

    /// <summary>The answer declared for a status: itself, its range, or the default; null when undeclared.</summary>
    internal ResponsePlan? FindResponse(int status)
    {
        ResponsePlan? range = null;
        ResponsePlan? otherwise = null;
        foreach (var response in Responses)
        {
            if (response.Status == status)
            {
                return response;
            }
            range = response.Status == status / 100 ? response : range;
            otherwise = response.Status == 0 ? response : otherwise;
        }
        return range ?? otherwise;
    }
}
