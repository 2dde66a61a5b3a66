namespace Portcullis.Core.Policy.Reading;

/// <summary>Ends reading where going on would make no sense or cost without bound.</summary>
internal sealed class PolicyStop(PolicyError error) : Exception(error.Message)
{
    public PolicyError Error { get; } = error;
}
