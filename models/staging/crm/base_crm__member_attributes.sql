{{ crm_warehouse.judged('crm', 'member_attributes') }}
