import type { zh } from './messages.zh.ts';

export const en: typeof zh = {
  optional: (label) => `${label} (optional)`,
  choose: 'Please choose',
  fields: {
    name: 'Full name',
    recipient: 'Recipient',
    company: 'Company',
    tax_number: 'Tax number',
    line1: 'Street and number',
    line1Detailed: 'Street address',
    line2: 'Apartment, floor, building',
    city: 'City',
    district: 'District',
    town: 'Town or city',
    region: 'State, province or region',
    state: 'State',
    province: 'Province',
    canadianProvince: 'Province or territory',
    prefecture: 'Prefecture',
    postal_code: 'Postal code',
    country: 'Country or region',
    phone: 'Phone',
  },
  hints: {
    phone: 'For the carrier, if there is a question.',
    tax_number: 'Printed on the invoice.',
  },
  forCompany: 'Buying for a company',
  missing: 'Please fill this in.',
  missingChoice: 'Please choose one.',
  fieldProblems: {
    phone: 'Only digits, spaces and + - ( ) . / please, at least 3 of them.',
    region: 'Please write the exact state, province or region.',
    country: 'This country or region is not supported yet.',
  },
  checkField: 'Please check this.',
};
