using System.Text.Json;
using Portcullis.Sample.Telecom;

namespace Portcullis.Demo;

/// <summary>
/// Counts, from the bytes an attacker received and from nothing else, of how many people it now holds a record. It knows the
/// population, so a masked or invented value counts as nothing.
/// </summary>
internal sealed class LossCounter(Population population)
{
    private readonly HashSet<string> _people = [];

    /// <summary>People of whom at least one true personal value arrived.</summary>
    public int Count
    {
        get
        {
            lock (_people)
            {
                return _people.Count;
            }
        }
    }

    public void Receive(byte[] body)
    {
        if (body.Length == 0 || body[0] is not ((byte)'{' or (byte)'['))
        {
            return;
        }
        try
        {
            using var json = JsonDocument.Parse(body);
            Look(json.RootElement);
        }
        catch (JsonException)
        {
            // Not a record the attacker could read.
        }
    }

    private void Look(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                Look(item);
            }
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            if (Whose(value) is { } account)
            {
                lock (_people)
                {
                    _people.Add(account);
                }
                return;
            }
            foreach (var member in value.EnumerateObject())
            {
                Look(member.Value);
            }
        }
    }

    private string? Whose(JsonElement record)
    {
        var customer =
            Text(record, "accountId") is { } account ? population.ByAccount(account)
            : Text(record, "id") is ['m', .. var member] ? population.ByAccount(member)
            : Text(record, "email") is { } email ? population.ByEmail(email)
            : Text(record, "phone") is { } phone ? population.ByPhone(phone)
            : null;
        var isTrue =
            customer is not null
            && (
                Text(record, "name") == customer.Name
                || Text(record, "fullName") == customer.Name
                || Text(record, "email") == customer.Email
                || Text(record, "phone") == customer.Phone
            );
        return isTrue ? customer!.AccountId : null;
    }

    private static string? Text(JsonElement record, string name) =>
        record.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
