using Portcullis.Core.Records;

namespace Portcullis.Core.Journal;

/// <summary>First byte of every journal record; values are frozen.</summary>
public enum RecordKind : byte
{
    /// <summary>One exchange: <see cref="ExchangeRecord"/>.</summary>
    Exchange = 1,

    /// <summary>An operation got its index: <see cref="OperationRecord"/>.</summary>
    Operation = 2,

    /// <summary>A name got its number: <see cref="NameRecord"/>.</summary>
    Name = 3,

    /// <summary>Something else a judge reads changed: <see cref="EventRecord"/>.</summary>
    Event = 4,
}
