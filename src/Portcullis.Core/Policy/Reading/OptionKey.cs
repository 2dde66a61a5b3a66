using System.Collections;
using System.Reflection;
using Portcullis.Core.Policy.Options;

namespace Portcullis.Core.Policy.Reading;

/// <summary>One key of the policy: the description written beside its property, with what the property's type and default tell.</summary>
internal sealed class OptionKey
{
    private readonly PropertyInfo _property;
    private readonly OptionAttribute _written;

    public OptionKey(PropertyInfo property, object defaults)
    {
        _property = property;
        _written =
            property.GetCustomAttribute<OptionAttribute>()
            ?? throw new InvalidOperationException($"{property.DeclaringType!.Name}.{property.Name} has no [Option].");
        Name = OptionValue.WordOf(property.Name);
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type.IsGenericType)
        {
            Shape = type.GetGenericTypeDefinition() == typeof(Dictionary<,>) ? OptionShape.Named : OptionShape.Many;
            type = type.GetGenericArguments()[^1];
        }
        ValueType = type;
        Kind = KindOf(type, _written.IsSize);
        Default = property.GetValue(defaults);
        Min = _written.Min is { } min ? OptionValue.Bound(Kind, min) : double.NegativeInfinity;
        Max = _written.Max is { } max ? OptionValue.Bound(Kind, max) : double.PositiveInfinity;
    }

    public string Name { get; }

    public string Text => _written.Text;

    public OptionForm Form => _written.Form;

    public OptionKind Kind { get; }

    public OptionShape Shape { get; }

    /// <summary>Type of one value.</summary>
    public Type ValueType { get; }

    public bool IsRequired => _written.IsRequired;

    public string? Example => _written.Example;

    /// <summary>The property's value in a fresh section.</summary>
    public object? Default { get; }

    public double Min { get; }

    public double Max { get; }

    /// <summary>The range as text, or null when there is none.</summary>
    public string? Range =>
        (_written.Min, _written.Max) switch
        {
            (null, null) => null,
            ({ } min, null) => $"{min} or more",
            (null, { } max) => $"at most {max}",
            var (min, max) => min == max ? min : $"{min} to {max}",
        };

    /// <summary>The default as it would be written, or null when there is none.</summary>
    public string? DefaultText =>
        _written.Default
        ?? Default switch
        {
            null or IDictionary { Count: 0 } => null,
            string { Length: 0 } => null,
            IList { Count: 0 } => null,
            IList list => "[" + string.Join(", ", list.Cast<object>().Select(item => OptionValue.Format(Kind, item))) + "]",
            _ when Kind == OptionKind.Section || IsRequired => null,
            var value => OptionValue.Format(Kind, value),
        };

    /// <summary>The words to choose from; empty for other kinds.</summary>
    public string[] Words => Kind == OptionKind.Word ? [.. Enum.GetNames(ValueType).Select(OptionValue.WordOf)] : [];

    public object? Get(object section) => _property.GetValue(section);

    public void Set(object section, object? value) => _property.SetValue(section, value);

    private static OptionKind KindOf(Type type, bool isSize) =>
        type == typeof(string) ? OptionKind.Text
        : type == typeof(bool) ? OptionKind.Switch
        : type == typeof(TimeSpan) ? OptionKind.Duration
        : type == typeof(double) ? OptionKind.Share
        : type == typeof(int) || type == typeof(long) ? (isSize ? OptionKind.Size : OptionKind.Number)
        : type.IsEnum ? OptionKind.Word
        : OptionKind.Section;
}
