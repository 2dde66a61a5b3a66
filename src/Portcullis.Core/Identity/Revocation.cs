using Portcullis.Core.Hashing;

namespace Portcullis.Core.Identity;

/// <summary>A credential, token id or account that proves nothing any more.</summary>
/// <param name="Target">Hash of the credential, of its token id, or of the account's rung.</param>
/// <param name="At">Wall time; tokens of an account issued later are good again.</param>
/// <param name="Until">Wall time from which on it need not be remembered: the end of whatever it covers.</param>
public sealed record Revocation(Key128 Target, long At, long Until);
