using System.Collections.Concurrent;
using System.Reflection;

namespace Portcullis.Core.Policy.Reading;

/// <summary>The keys of one section of the policy, read once from its record.</summary>
internal sealed class OptionSection
{
    private static readonly ConcurrentDictionary<Type, OptionSection> Sections = new();

    private readonly Dictionary<string, OptionKey> _byName;

    private OptionSection(Type type)
    {
        Type = type;
        var defaults = Activator.CreateInstance(type)!;
        Keys =
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Select(property => new OptionKey(property, defaults)),
        ];
        _byName = Keys.ToDictionary(key => key.Name, StringComparer.Ordinal);
        Names = [.. Keys.Select(key => key.Name)];
    }

    public Type Type { get; }

    /// <summary>In the order of the record.</summary>
    public IReadOnlyList<OptionKey> Keys { get; }

    public IReadOnlyCollection<string> Names { get; }

    public static OptionSection Of(Type type) => Sections.GetOrAdd(type, static type => new OptionSection(type));

    public OptionKey? Find(string name) => _byName.GetValueOrDefault(name);

    public object Create() => Activator.CreateInstance(Type)!;
}
