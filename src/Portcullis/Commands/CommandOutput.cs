using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Portcullis.Commands;

/// <summary>Where a command's answer goes: text for people, or with <c>--json</c> one JSON value on standard output.</summary>
internal sealed class CommandOutput(TextWriter output, TextWriter error, bool isJson)
{
    // The answer goes to a terminal or a file, never into a page: nothing needs escaping beyond what JSON asks for.
    private static readonly JsonWriterOptions JsonForm = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public TextWriter Out { get; } = output;

    /// <summary>Progress and errors; never part of the answer.</summary>
    public TextWriter Error { get; } = error;

    public bool IsJson { get; } = isJson;

    /// <summary>Writes the answer once: as JSON when asked for, else through <paramref name="text"/>.</summary>
    public void Answer<T>(T value, JsonTypeInfo<T> type, Action<TextWriter> text)
    {
        if (IsJson)
        {
            using var buffer = new MemoryStream();
            using (var json = new Utf8JsonWriter(buffer, JsonForm))
            {
                JsonSerializer.Serialize(json, value, type);
            }
            Out.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
        }
        else
        {
            text(Out);
        }
    }
}
