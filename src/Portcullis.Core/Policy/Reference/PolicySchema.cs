using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Portcullis.Core.Policy.Options;
using Portcullis.Core.Policy.Reading;
using Portcullis.Core.Routing;

namespace Portcullis.Core.Policy.Reference;

/// <summary>Writes the JSON Schema (2020-12) of <c>portcullis.yaml</c> for editors, from the descriptors of the keys.</summary>
public static class PolicySchema
{
    private static readonly string OperationPattern =
        $"^({string.Join('|', HttpMethodNames.Known.Order(StringComparer.Ordinal))}) /";

    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    public static string Write()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            writer.WriteStartObject();
            writer.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            writer.WriteString("title", "Portcullis policy");
            writer.WriteString("description", "portcullis.yaml: what the gateway protects, and how.");
            Body(writer, OptionSection.Of(typeof(GatewayOptions)));
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static void Body(Utf8JsonWriter writer, OptionSection section)
    {
        writer.WriteString("type", "object");
        writer.WriteBoolean("additionalProperties", false);
        writer.WriteStartObject("properties");
        foreach (var key in section.Keys)
        {
            writer.WriteStartObject(key.Name);
            writer.WriteString("description", key.DefaultText is { } text ? $"{key.Text} Default: {text}." : key.Text);
            Key(writer, key);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
        var required = section.Keys.Where(key => key.IsRequired).ToArray();
        if (required.Length > 0)
        {
            writer.WriteStartArray("required");
            foreach (var key in required)
            {
                writer.WriteStringValue(key.Name);
            }
            writer.WriteEndArray();
        }
    }

    private static void Key(Utf8JsonWriter writer, OptionKey key)
    {
        switch (key.Shape)
        {
            case OptionShape.Many:
                writer.WriteStartArray("anyOf");
                writer.WriteStartObject();
                Value(writer, key);
                writer.WriteEndObject();
                writer.WriteStartObject();
                writer.WriteString("type", "array");
                writer.WriteStartObject("items");
                Value(writer, key);
                writer.WriteEndObject();
                writer.WriteEndObject();
                writer.WriteEndArray();
                break;
            case OptionShape.Named:
                writer.WriteString("type", "object");
                writer.WriteStartObject("propertyNames");
                writer.WriteString("pattern", OperationPattern);
                writer.WriteEndObject();
                writer.WriteStartObject("additionalProperties");
                Value(writer, key);
                writer.WriteEndObject();
                break;
            default:
                Value(writer, key);
                break;
        }
    }

    private static void Value(Utf8JsonWriter writer, OptionKey key)
    {
        switch (key.Kind)
        {
            case OptionKind.Section:
                Body(writer, OptionSection.Of(key.ValueType));
                break;
            case OptionKind.Switch:
                writer.WriteString("type", "boolean");
                break;
            case OptionKind.Number:
                writer.WriteString("type", "integer");
                writer.WriteNumber("minimum", (long)key.Min);
                writer.WriteNumber("maximum", (long)key.Max);
                break;
            case OptionKind.Share:
                writer.WriteStartArray("type");
                writer.WriteStringValue("string");
                writer.WriteStringValue("number");
                writer.WriteEndArray();
                break;
            case OptionKind.Word:
                writer.WriteStartArray("enum");
                foreach (var word in key.Words)
                {
                    writer.WriteStringValue(word);
                }
                writer.WriteEndArray();
                break;
            case OptionKind.Size:
                writer.WriteString("type", "string");
                writer.WriteString("pattern", "^[0-9]+(\\.[0-9]+)?\\s*(B|kB|MB|GB|KiB|MiB|GiB|TiB)$");
                break;
            case OptionKind.Duration:
                writer.WriteString("type", "string");
                writer.WriteString("pattern", "^([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$");
                break;
            default:
                writer.WriteString("type", "string");
                if (key.Form == OptionForm.Operation)
                {
                    writer.WriteString("pattern", OperationPattern);
                }
                break;
        }
    }
}
