/** Who has signed in, asked for once. */
import { api, path } from './api';

/** Each may do what those before it may. */
const ROLES = ['viewer', 'researcher', 'operator', 'admin'] as const;

export type Role = (typeof ROLES)[number];

export interface Caller {
  person: string;
  team: string;
  role: Role;
}

let asked: Promise<Caller> | undefined;

export function caller(): Promise<Caller> {
  asked ??= api.get<Caller>(path`/caller`).catch((thrown) => {
    asked = undefined;
    throw thrown;
  });
  return asked;
}

/** The roles that somebody may give to a program. */
export const rolesOf = (one: Caller): readonly Role[] => ROLES.slice(0, ROLES.indexOf(one.role) + 1);

/** Whether somebody may do what `role` may. */
export const isAtLeast = (one: Caller | undefined, role: Role): boolean => one !== undefined && rolesOf(one).includes(role);
