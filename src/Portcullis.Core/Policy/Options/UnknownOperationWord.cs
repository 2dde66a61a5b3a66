namespace Portcullis.Core.Policy.Options;

/// <summary>What becomes of operations that neither contract nor policy declares.</summary>
public enum UnknownOperationWord : byte
{
    /// <summary>Passed and learned.</summary>
    Observe = 0,
    Refuse = 1,
}
