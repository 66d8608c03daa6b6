//! Codes of identification.

use crate::diag::Code;

pub const SETTING: Code = Code(510);

pub const ALL: &[(Code, &str)] = &[(SETTING, "У методики нет такого параметра или значения")];
