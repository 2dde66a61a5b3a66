using System.Buffers;
using System.Text.Json;
using Portcullis.Drills.Scenarios;

namespace Portcullis.Drills.Simulator;

/// <summary>The API behind the gate, with its hole: answers real JSON bodies about the population, knows nothing of any gate.</summary>
public sealed class SampleUpstream
{
    private readonly Population _population;
    private readonly TokenMint _mint;
    private readonly UpstreamRoute[] _routes;
    private readonly AttackShape _hole;
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);

    public SampleUpstream(Scenario scenario, AttackShape hole, Population population, TokenMint mint)
    {
        _population = population;
        _mint = mint;
        _hole = hole;
        _routes = [.. scenario.Operations.Select(operation => new UpstreamRoute(operation))];
    }

    /// <summary>Answers a request; the body is valid until the next call.</summary>
    public void Answer(SimulatedRequest request, SimulatedAnswer answer)
    {
        answer.Clear();
        foreach (var route in _routes)
        {
            if (route.Match(request, _hole.Host, _hole.Operation, out var value))
            {
                Answer(route.Operation, value, request, answer);
                return;
            }
        }
        Refuse(answer, 404, "no such resource");
    }

    /// <summary>True when the credential may read the person: the truth about ownership.</summary>
    public bool Owns(SimulatedIdentity identity, int person) =>
        identity.Kind != CredentialKind.Customer || _population.FamilyOf(identity.Number) == _population.FamilyOf(person);

    private void Answer(OperationShape operation, string value, SimulatedRequest request, SimulatedAnswer answer)
    {
        var isHole = operation.Name == _hole.Operation && (_hole.Host is null || _hole.Host == request.Host);
        var check = isHole ? _hole.UpstreamStillChecks : operation.Checks;
        var identity = _mint.Identify(request.Headers.First("Authorization"), request.At);
        if (check != UpstreamCheck.Nothing && identity is null)
        {
            Refuse(answer, 401, "sign in first");
            return;
        }
        if (operation.Answers == AnswerShape.Document)
        {
            answer.Status = 200;
            answer.Body = System.Text.Encoding.UTF8.GetBytes(operation.Document ?? "{}");
            return;
        }
        var person = Find(operation, value);
        if (person >= 0 && check == UpstreamCheck.Owner && !Owns(identity!.Value, person))
        {
            Refuse(answer, 403, "not yours");
            return;
        }
        if (person < 0 && operation.Answers == AnswerShape.Record)
        {
            Refuse(answer, 404, "not found");
            return;
        }
        Write(operation, person, answer);
    }

    private int Find(OperationShape operation, string value)
    {
        foreach (var kind in operation.Finds)
        {
            if (_population.Find(kind, value) is var person and >= 0)
            {
                return person;
            }
        }
        return -1;
    }

    private void Write(OperationShape operation, int person, SimulatedAnswer answer)
    {
        _buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_buffer))
        {
            json.WriteStartObject();
            if (operation.Answers == AnswerShape.List)
            {
                json.WriteStartArray("items");
                if (person >= 0)
                {
                    json.WriteStartObject();
                    WriteFields(json, operation, person);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            }
            else
            {
                WriteFields(json, operation, person);
            }
            json.WriteEndObject();
        }
        answer.Status = 200;
        answer.Body = _buffer.WrittenMemory;
    }

    private void WriteFields(Utf8JsonWriter json, OperationShape operation, int person)
    {
        foreach (var (field, kind) in operation.Fields)
        {
            var value = _population.Value(person, kind);
            if (kind == PersonValue.Lines)
            {
                json.WriteNumber(field, int.Parse(value));
            }
            else
            {
                json.WriteString(field, value);
            }
        }
    }

    private static void Refuse(SimulatedAnswer answer, int status, string why)
    {
        answer.Status = status;
        answer.Body = System.Text.Encoding.UTF8.GetBytes($"{{\"error\":\"{why}\"}}");
    }
}
