using Portcullis.Core.Contracts.Schemas;

namespace Portcullis.Core.Contracts.Documents;

/// <summary>Finds schemas that are defined by themselves (an allOf that leads back), which no value can ever be held to.</summary>
internal sealed class CircularSchemas(ContractTree tree)
{
    private readonly HashSet<SchemaNode> _done = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<SchemaNode> _path = new(ReferenceEqualityComparer.Instance);

    public void Report(IReadOnlyList<KeyValuePair<Place, SchemaNode>> schemas)
    {
        foreach (var (place, schema) in schemas)
        {
            if (LeadsBack(schema))
            {
                tree.Report(
                    place,
                    "This schema is defined by itself: its allOf, anyOf, oneOf or not leads back to it.",
                    "Refer to it from a property or from items instead."
                );
            }
        }
    }

    // Walked with a stack of its own: a hostile contract can chain more schemas than the thread's stack has room for.
    private bool LeadsBack(SchemaNode start)
    {
        var found = false;
        var walk = new Stack<KeyValuePair<SchemaNode, IEnumerator<SchemaNode>>>();
        if (_done.Add(start))
        {
            _path.Add(start);
            walk.Push(new(start, start.InPlace.GetEnumerator()));
        }
        while (walk.TryPeek(out var top))
        {
            if (!top.Value.MoveNext())
            {
                walk.Pop();
                _path.Remove(top.Key);
                continue;
            }
            var next = top.Value.Current;
            found |= _path.Contains(next);
            if (_done.Add(next))
            {
                _path.Add(next);
                walk.Push(new(next, next.InPlace.GetEnumerator()));
            }
        }
        return found;
    }
}
