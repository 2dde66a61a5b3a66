using System.Collections.Frozen;
using System.Reflection;
using Portcullis.Core;
using Portcullis.Core.Decisions;

namespace Portcullis.Analysis.Incidents;

/// <summary>Every reason of this build by id, to explain what the journal only names.</summary>
public static class ReasonCatalog
{
    private static readonly FrozenDictionary<string, Reason> ById = typeof(Gate)
        .Assembly.GetTypes()
        .Where(type => !type.ContainsGenericParameters)
        .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
        .Where(field => field.FieldType == typeof(Reason))
        .Select(field => (Reason)field.GetValue(null)!)
        .ToFrozenDictionary(reason => reason.Id);

    /// <summary>The reason, or null when another build wrote it.</summary>
    public static Reason? Find(string id) => ById.GetValueOrDefault(id);
}
