namespace Portcullis.Core.Classification;

/// <summary>What happens to an answer that cannot be read.</summary>
public enum UnmeasuredWord : byte
{
    /// <summary>Refused where what stands in it decides: the operation returns personal data, or its answers are held to `items` or the contract. Else passed and journalled.</summary>
    RefusePersonal = 0,
    Refuse = 1,
    Allow = 2,
}
