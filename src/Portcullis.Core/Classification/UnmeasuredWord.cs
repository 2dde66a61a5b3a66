namespace Portcullis.Core.Classification;

/// <summary>What happens to an answer that cannot be read.</summary>
public enum UnmeasuredWord : byte
{
    /// <summary>Refused where the operation is known to return personal data, else passed and journalled.</summary>
    RefusePersonal = 0,
    Refuse = 1,
    Allow = 2,
}
