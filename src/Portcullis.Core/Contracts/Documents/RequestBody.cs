using Portcullis.Core.Contracts.Checks;

namespace Portcullis.Core.Contracts.Documents;

/// <summary>What an operation says of its request body.</summary>
internal sealed record RequestBody(BodyPlan[] Plans, bool IsRequired);
