using System.Text;
using System.Text.Json;
using Portcullis.Drills.Scenarios;

namespace Portcullis.Drills.Simulator;

/// <summary>Writes the parts of a request that every sender writes alike.</summary>
internal static class RequestText
{
    /// <summary>Method, host, target and body that ask an operation for a value.</summary>
    public static void Ask(SimulatedRequest request, OperationShape operation, string host, string value)
    {
        request.Method = operation.Method;
        request.Host = host;
        request.Target = UpstreamRoute.TargetFor(operation, value);
        if (operation.BodyField is { } field)
        {
            request.Body = Encoding.UTF8.GetBytes($"{{\"{field}\":\"{JsonEncodedText.Encode(value)}\"}}");
        }
        else if (operation.Body is { } body)
        {
            request.Body = Encoding.UTF8.GetBytes(body);
        }
        if (request.Body.Length > 0)
        {
            request.Headers.Add("Content-Type", "application/json");
        }
    }

    /// <summary>What kind of client it claims to be; an app release changes it.</summary>
    public static void Describe(SimulatedRequest request, CredentialKind credential, int releaseDay, int user)
    {
        var released = request.At / RequestSource.DayMilliseconds >= releaseDay && user % 10 != 3;
        request.Headers.Add("Accept", "application/json");
        request.Headers.Add(
            "User-Agent",
            credential switch
            {
                CredentialKind.Agent => "Mozilla/5.0 (Windows NT 10.0; Win64; x64) DeskTool/11.4",
                CredentialKind.Partner => "partner-sync/2.1",
                CredentialKind.None => "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
                _ => released ? "CarrierApp/6.0 (Android 15)" : "CarrierApp/5.9 (Android 14)",
            }
        );
    }
}
