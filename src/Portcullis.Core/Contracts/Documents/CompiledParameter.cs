using Portcullis.Core.Contracts.Checks;

namespace Portcullis.Core.Contracts.Documents;

/// <summary>A parameter of an operation before it has its place among those of its kind.</summary>
/// <param name="In">As written, also <c>body</c> and <c>formData</c> of 2.0.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Plan">Compiled; of body parameters only the name means something.</param>
/// <param name="Declared">For those who judge the API.</param>
internal sealed record CompiledParameter(string In, Place Place, ParameterPlan Plan, DeclaredParameter Declared)
{
    public ParameterPlan At(int index) =>
        new()
        {
            Name = Plan.Name,
            In = Plan.In,
            Index = index,
            IsRequired = Plan.IsRequired,
            AdmitsEmpty = Plan.AdmitsEmpty,
            Schema = Plan.Schema,
            Style = Plan.Style,
        };
}
