using System.Reflection;
using Portcullis.Core.Classification;

namespace Portcullis.Core;

/// <summary>Finds every self-registered item once at start, by its base type; two with one id end the start.</summary>
public static class Catalog
{
    /// <summary>Every data class, in the order of its bit.</summary>
    public static IReadOnlyList<DataClass> DataClasses { get; } = Checked(Find<DataClass>(typeof(Catalog).Assembly));

    /// <summary>One instance of every concrete type under <typeparamref name="T"/> in the assembly, ordered by type name.</summary>
    public static IReadOnlyList<T> Find<T>(Assembly assembly)
        where T : class =>
        [
            .. assembly
                .GetTypes()
                .Where(type => !type.IsAbstract && typeof(T).IsAssignableFrom(type))
                .OrderBy(type => type.FullName, StringComparer.Ordinal)
                .Select(type => (T)Activator.CreateInstance(type, nonPublic: true)!),
        ];

    /// <summary>The classes in the order of their bits.</summary>
    /// <exception cref="InvalidOperationException">Two share an id or a bit, or a bit is above 63; the message names both types.</exception>
    public static IReadOnlyList<DataClass> Checked(IReadOnlyList<DataClass> classes)
    {
        RequireUnique(classes, item => item.Id, "id");
        RequireUnique(classes, item => item.Bit, "bit");
        if (classes.FirstOrDefault(item => item.Bit > 63) is { } beyond)
        {
            throw new InvalidOperationException(
                $"Data class {beyond.GetType().Name} has bit {beyond.Bit}; bits are 0 to 63. Give it a free one."
            );
        }
        return [.. classes.OrderBy(item => item.Bit)];
    }

    /// <summary>Ends the start when two items answer to one key.</summary>
    /// <exception cref="InvalidOperationException">The message names the key and both types.</exception>
    public static void RequireUnique<T, TKey>(IReadOnlyList<T> items, Func<T, TKey> key, string what)
        where T : class
        where TKey : notnull
    {
        var seen = new Dictionary<TKey, T>();
        foreach (var item in items)
        {
            if (!seen.TryAdd(key(item), item))
            {
                var other = seen[key(item)].GetType().Name;
                throw new InvalidOperationException(
                    $"{other} and {item.GetType().Name} have the same {what} '{key(item)}'. Rename one of them; a {what} is never reused."
                );
            }
        }
    }
}
