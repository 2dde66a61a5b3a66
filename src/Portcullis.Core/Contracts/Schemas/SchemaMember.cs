namespace Portcullis.Core.Contracts.Schemas;

/// <summary>One member name a schema knows.</summary>
internal sealed class SchemaMember(string name)
{
    public string Name => name;

    public byte[] Utf8Name { get; } = System.Text.Encoding.UTF8.GetBytes(name);

    /// <summary>What its value must be; null when the name is only required.</summary>
    public SchemaNode? Schema { get; set; }

    public bool IsRequired { get; set; }
}
