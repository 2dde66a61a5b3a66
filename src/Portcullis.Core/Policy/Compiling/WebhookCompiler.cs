using Portcullis.Core.Admission;
using Portcullis.Core.Policy.Options;

namespace Portcullis.Core.Policy.Compiling;

/// <summary>Reads the secrets of a signed webhook.</summary>
internal static class WebhookCompiler
{
    private const int MinBytes = 16;
    private const int MaxBytes = 4096;

    /// <summary>The webhook, or null with everything wrong reported.</summary>
    public static SignedWebhook? Compile(WebhookOptions written, string folder, string path, PolicyReport report)
    {
        var secrets = new List<byte[]>();
        for (var i = 0; i < written.Secrets.Count; i++)
        {
            if (Read(Path.Combine(folder, written.Secrets[i]), written.Scheme, $"{path}.secrets[{i}]", report) is { } secret)
            {
                secrets.Add(secret);
            }
        }
        return written.Header.Length == 0 || secrets.Count == 0
            ? null
            : new SignedWebhook(written.Header, [.. secrets], written.Scheme, written.Tolerance);
    }

    private static byte[]? Read(string file, WebhookScheme scheme, string path, PolicyReport report)
    {
        try
        {
            if (new FileInfo(file) is { Exists: true, Length: <= MaxBytes })
            {
                var text = SecretFile.Secret(File.ReadAllBytes(file)).ToArray();
                var secret = scheme == WebhookScheme.Standard ? SignedWebhook.StandardSecret(text) : text;
                if (secret is { Length: >= MinBytes })
                {
                    return secret;
                }
                report.Add(path, $"`{file}` holds no secret of {MinBytes} bytes or more.", "Ask the sender for a longer one.");
                return null;
            }
            report.Add(path, $"`{file}` does not exist, or is too large for a secret.", "Name the file with the shared secret.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            report.Add(path, $"`{file}` cannot be read: {fault.Message}", "Give the gateway's user the right to read it.");
        }
        return null;
    }
}
