using System.Text;
using Portcullis.Core.Contracts.Schemas;
using Portcullis.Core.Json;
using Portcullis.Core.Routing;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Contracts.Checks;

/// <summary>Holds bodies, and the answer's status, to the contract.</summary>
internal static class BodyCheck
{
    private const int MaxShownName = 64;

    private static readonly Violation Required = new(ViolationKind.Body, "request body: required");

    /// <summary>What the request head alone tells: a body that is not declared, or of a type that is not.</summary>
    public static Violation FindInHead(Exchange exchange, ContractPlan contract)
    {
        var type = exchange.RequestHeaders.First("Content-Type");
        if (contract.RequestBodies is not { } bodies)
        {
            var announces = exchange.RequestHeaders.First("Content-Length") is { } length && length != "0";
            return announces ? new Violation(ViolationKind.Undeclared, "request body: undeclared") : Violation.None;
        }
        if (contract.RequiresRequestBody && exchange.LacksRequestBody)
        {
            return Required;
        }
        if (type is not null && BodyPlan.Find(bodies, BodyPlan.Bare(type)) is null)
        {
            return new Violation(ViolationKind.MediaType, "request body: media type");
        }
        return contract.NeedsRequestBody && RequestJson.HasCoding(exchange.RequestHeaders)
            ? new Violation(ViolationKind.MediaType, "request body: content coding")
            : Violation.None;
    }

    public static Violation FindInRequest(Exchange exchange, ContractPlan contract)
    {
        if (contract.RequestBodies is not { } bodies)
        {
            return Violation.None;
        }
        if (exchange.RequestBody.IsEmpty)
        {
            return contract.RequiresRequestBody ? Required : Violation.None;
        }
        if (!contract.NeedsRequestBody)
        {
            return Violation.None;
        }
        var type = BodyPlan.Bare(exchange.RequestHeaders.First("Content-Type"));
        if (BodyPlan.Find(bodies, type) is not { } plan)
        {
            return new Violation(ViolationKind.MediaType, "request body: media type");
        }
        return plan.Schema is not { } schema ? Violation.None
            : BodyPlan.IsJson(type) ? FindInJson(exchange.RequestTape, exchange.RequestBody.Span, schema, isRequest: true, null)
            : BodyPlan.IsForm(type) ? FindInForm(exchange.RequestBody.Span, schema)
            : FindInUntold(exchange, schema);
    }

    /// <summary>The first breach of an answer.</summary>
    /// <param name="exchange">The answer.</param>
    /// <param name="contract">What is declared.</param>
    /// <param name="undeclared">Takes the places of all members that are not declared; null asks for the first only.</param>
    public static Violation FindInResponse(Exchange exchange, ContractPlan contract, FactList<TextRange>? undeclared)
    {
        if (contract.Responses.Length == 0)
        {
            return Violation.None;
        }
        if (contract.FindResponse(exchange.Status) is not { } response)
        {
            // Few contracts list every error; an answer of success that is not listed is another matter.
            return new Violation(exchange.Status >= 400 ? ViolationKind.Undeclared : ViolationKind.Status, "response: status");
        }
        if (exchange.ResponseBody.IsEmpty || exchange.Method == "HEAD")
        {
            return Violation.None;
        }
        if (response.Bodies.Length == 0)
        {
            return new Violation(ViolationKind.Undeclared, "response body: undeclared");
        }
        var type = BodyPlan.Bare(exchange.ResponseHeaders?.First("Content-Type"));
        if (BodyPlan.Find(response.Bodies, type) is not { } plan)
        {
            return new Violation(ViolationKind.MediaType, "response body: media type");
        }
        return plan.Schema is { } schema && BodyPlan.IsJson(type)
            ? FindInJson(exchange.ResponseTape, exchange.ResponseBody.Span, schema, isRequest: false, undeclared)
            : Violation.None;
    }

    // Frameworks read what looks like JSON as JSON, whatever it is called. Where a text fits as well, it may be one.
    private static Violation FindInUntold(Exchange exchange, SchemaNode schema)
    {
        var text = RequestJson.WithoutMark(exchange.RequestBody.Span);
        if (schema.Types == SchemaTypes.String || BodyKinds.Sniff(text) != BodyKind.Json)
        {
            return Violation.None;
        }
        var found = FindInJson(exchange.RequestTape, text, schema, isRequest: true, null);
        return found.Kind == ViolationKind.Malformed && (schema.Types & SchemaTypes.String) != 0 ? Violation.None : found;
    }

    private static Violation FindInForm(ReadOnlySpan<byte> body, SchemaNode schema)
    {
        var pairs = CheckScratch.Current.Pairs;
        var isUndeclared = false;
        var rule = pairs.TryAddForm(body) ? PairCheck.Find(pairs, schema, out isUndeclared) : "too many members";
        pairs.Clear();
        return rule is not null ? new Violation(ViolationKind.Body, $"request body {rule}")
            : isUndeclared ? new Violation(ViolationKind.Undeclared, "request body: undeclared member")
            : Violation.None;
    }

    /// <param name="known">The body as another guard has read it just now; null reads it.</param>
    /// <param name="body">The body.</param>
    /// <param name="schema">What it must be.</param>
    /// <param name="isRequest">Which side's rules hold.</param>
    /// <param name="undeclared">Takes the places of all members that are not declared.</param>
    private static Violation FindInJson(
        JsonTape? known,
        ReadOnlySpan<byte> body,
        SchemaNode schema,
        bool isRequest,
        FactList<TextRange>? undeclared
    )
    {
        var tape = known ?? CheckScratch.Current.Tape;
        var side = isRequest ? "request body" : "response body";
        var result = Violation.None;
        var fault = known is null ? tape.Read(body) : JsonFault.None;
        if (fault == JsonFault.None && !tape.HasDistinctNames(body))
        {
            fault = JsonFault.DuplicateName;
        }
        if (fault != JsonFault.None)
        {
            result = new Violation(ViolationKind.Malformed, $"{side}: {Word(fault)}");
        }
        else if (SchemaCheck.Find(tape, body, schema, isRequest, out var mayHaveUndeclared) is { IsNone: false } broken)
        {
            result = new Violation(ViolationKind.Body, $"{side} {PointerOf(tape, body, broken.Token)}: {broken.Rule}");
        }
        else if (mayHaveUndeclared && FindUndeclared(tape) is var member and > 0)
        {
            result = new Violation(ViolationKind.Undeclared, $"{side} {PointerOf(tape, body, member)}: undeclared");
            if (undeclared is not null)
            {
                UndeclaredMembers.Add(tape, undeclared);
            }
        }
        if (known is null)
        {
            tape.Clear();
        }
        return result;
    }

    /// <summary>The first member of an object whose members are listed that is not among them; 0 when there is none.</summary>
    private static int FindUndeclared(JsonTape tape)
    {
        for (var i = 0; i < tape.Count; i++)
        {
            if (tape[i] is { Kind: JsonKind.Object, IsDeclared: true })
            {
                for (var name = i + 1; name < tape[i].Next; name = tape[name].Next)
                {
                    if (!tape[name].IsDeclared)
                    {
                        return name;
                    }
                }
            }
        }
        return 0;
    }

    /// <summary>The JSON pointer of a token. Names that look like values stand as <c>*</c>, since a caller chose them.</summary>
    internal static string PointerOf(JsonTape tape, ReadOnlySpan<byte> body, int token)
    {
        var pointer = new StringBuilder("/");
        var container = 0;
        while (container != token && tape[container].Kind is JsonKind.Object or JsonKind.Array)
        {
            var position = 0;
            var child = container + 1;
            while (tape[child].Next <= token)
            {
                child = tape[child].Next;
                position++;
            }
            if (pointer.Length > 1)
            {
                pointer.Append('/');
            }
            if (tape[container].Kind == JsonKind.Array)
            {
                pointer.Append(position);
                container = child;
                continue;
            }
            var name = tape.Text(body, tape[child]);
            pointer.Append(name.Length > MaxShownName || IdShape.IsValue(name) ? "*" : Encoding.UTF8.GetString(name));
            if (child == token)
            {
                break;
            }
            container = child + 1;
        }
        return pointer.ToString();
    }

    private static string Word(JsonFault fault) =>
        fault switch
        {
            JsonFault.InvalidUtf8 => "not UTF-8",
            JsonFault.LoneSurrogate => "lone surrogate",
            JsonFault.DuplicateName => "duplicate member",
            JsonFault.TooDeep => "too deep",
            JsonFault.TooLarge => "too many values",
            _ => "not JSON",
        };
}
