using System.Collections.Concurrent;

namespace Portcullis.Core.Traffic;

/// <summary>All operations this data folder ever saw, by stable index; bounded by <see cref="Capacity"/>.</summary>
public sealed class OperationRegistry
{
    private readonly ConcurrentDictionary<(string Upstream, string Method, string Template), Operation> _byName = new();
    private readonly Lock _lock = new();
    private Operation[] _byIndex = [];

    /// <summary>Most operations; learning stops there.</summary>
    public int Capacity { get; init; } = 20_000;

    /// <summary>Called inside <see cref="TryAdd"/>'s lock when an operation is new, so that the journal learns its index first.</summary>
    public Action<Operation>? Added { get; set; }

    public ReadOnlySpan<Operation> All => Volatile.Read(ref _byIndex);

    public Operation? Find(string upstream, string method, string template) =>
        _byName.TryGetValue((upstream, method, template), out var operation) ? operation : null;

    /// <summary>The operation, added at first sight; null when the registry is full.</summary>
    public Operation? TryAdd(string upstream, string method, string template, bool isDeclared)
    {
        if (Find(upstream, method, template) is { } known)
        {
            if (isDeclared)
            {
                known.Declare();
            }
            return known;
        }
        lock (_lock)
        {
            if (Find(upstream, method, template) is { } raced)
            {
                return raced;
            }
            if (_byIndex.Length >= Capacity)
            {
                return null;
            }
            var operation = new Operation(_byIndex.Length, upstream, method, template, isDeclared);
            Added?.Invoke(operation);
            Volatile.Write(ref _byIndex, [.. _byIndex, operation]);
            _byName[(upstream, method, template)] = operation;
            return operation;
        }
    }

    /// <summary>Puts an operation back under the index it had. Indexes must come in order, before any operation is added.</summary>
    /// <exception cref="InvalidDataException">An index is missing.</exception>
    internal Operation Restore(int index, string upstream, string method, string template, bool isDeclared)
    {
        lock (_lock)
        {
            if (index < _byIndex.Length)
            {
                return _byIndex[index];
            }
            if (index > _byIndex.Length)
            {
                throw new InvalidDataException($"Operation {_byIndex.Length} is missing before operation {index}.");
            }
            var operation = new Operation(index, upstream, method, template, isDeclared);
            Volatile.Write(ref _byIndex, [.. _byIndex, operation]);
            _byName[(upstream, method, template)] = operation;
            return operation;
        }
    }
}
