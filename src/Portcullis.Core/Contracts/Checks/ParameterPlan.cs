using Portcullis.Core.Contracts.Schemas;

namespace Portcullis.Core.Contracts.Checks;

/// <summary>One declared parameter, compiled.</summary>
internal sealed class ParameterPlan
{
    public required string Name { get; init; }

    /// <summary><c>path</c>, <c>query</c>, <c>header</c> or <c>cookie</c>.</summary>
    public required string In { get; init; }

    /// <summary>Among the parameters of its kind.</summary>
    public int Index { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>An empty value passes whatever the schema says.</summary>
    public bool AdmitsEmpty { get; init; }

    public required SchemaNode Schema { get; init; }

    public ParameterStyle Style { get; init; }

    /// <summary>Its name as it stands in a query.</summary>
    public byte[] Utf8Name => field ??= System.Text.Encoding.UTF8.GetBytes(Name);

    /// <summary>As the fact for operators names it.</summary>
    public string Place => $"{In} parameter '{Name}'";
}
